// Runs before the first paint: sets light or dark on <html> as the cookie says or, by default, as the system does.
(() => {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const dark = root.dataset.theme === 'dark' || (root.dataset.theme !== 'light' && system.matches);
    root.classList.toggle('wa-dark', dark);
    root.classList.toggle('wa-light', !dark);
  };
  apply();
  system.addEventListener('change', apply);
  new MutationObserver(apply).observe(root, { attributes: true, attributeFilter: ['data-theme'] });
})();
