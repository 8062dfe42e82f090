// The menu opens a page by its name alone, and a moment later we write what it asks for behind it: one step for a person,
// so one step in the history of the browser too, unless the person did something in between.
if (!window.comebackSteps) {
  window.comebackSteps = true;
  const push = history.pushState.bind(history);
  let named = null;
  for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, () => (named = null), true);
  history.pushState = (state, title, url) => {
    const { pathname, search } = new URL(url, location.href);
    if (pathname === named && !location.search && search) history.replaceState(state, title, url);
    else push(state, title, url);
    named = pathname !== named && !search ? pathname : null;
  };
}
