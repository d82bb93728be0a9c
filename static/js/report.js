// While a report is being made: every two seconds the list is read again and put in the place of the old one. Without this script the page reloads itself.
"use strict";
const again = async () => {
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("made");
    const old = document.getElementById("made");
    if (fresh && old && !old.contains(document.activeElement)) old.replaceWith(fresh);
    if (fresh && fresh.dataset.busy !== "yes") return;
  } catch { /* offline for a moment: the next try may work */ }
  setTimeout(again, 2000);
};
setTimeout(again, 2000);
