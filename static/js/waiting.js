// While a part of the page waits for the worker (data-busy="yes"): every two seconds it is read again and put in the place of the old one. Without this script the page reloads itself.
"use strict";
const again = async () => {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-busy]");
    const old = document.querySelector("[data-busy]");
    const inUse = old && (old.contains(document.activeElement) || old.querySelector("details[open]"));
    if (fresh && old && !inUse) old.replaceWith(fresh);
    if (fresh && fresh.dataset.busy !== "yes" && !inUse) return;
  } catch { /* offline for a moment: the next try may work */ }
  setTimeout(again, 2000);
};
setTimeout(again, 2000);
