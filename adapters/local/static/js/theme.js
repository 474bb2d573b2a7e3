// Puts the remembered colours on the page before it is drawn. Not a module, so that nothing flashes.
(() => {
  const kept = localStorage.getItem("theme");
  if (kept) document.documentElement.dataset.theme = kept;
})();
