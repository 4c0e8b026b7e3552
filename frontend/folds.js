// Folds open where they are needed: for who follows a link to something in one, and on paper, which nobody can press.
export function folds() {
  addEventListener("hashchange", openTo);
  openTo();

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open], [data-sources])")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
    opened = [];
  });
}

function openTo() {
  const aim = location.hash && document.getElementById(location.hash.slice(1));
  if (!aim) return;
  for (let fold = aim.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  aim.scrollIntoView();
}
