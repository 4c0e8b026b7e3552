// Links of a page for who may be looked at: each page takes the place of the one before. Then a visit is one step in
// the history of the browser, and leaving takes that one away too.
export function replacing(concerns = () => true) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target || link.origin !== location.origin || !concerns(link)) return;
    event.preventDefault();
    location.replace(link.href);
  });
}
