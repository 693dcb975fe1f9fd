// Loaded once by every page: web components, menus, and the notice when the studio is gone.
import '/lib/webawesome/components/callout/callout.js';
import '/lib/webawesome/components/progress-bar/progress-bar.js';
import './focus.js';
import { registerIconLibrary } from '/lib/webawesome/components/icon/library.js';

// Icons come from this machine alone; those that components draw themselves have names of their own.
const own = { 'circle-question': 'circle-help', 'grip-vertical': 'chevron-right', xmark: 'x' };
const resolver = name => `/icons/${own[name] ?? name}.svg`;
registerIconLibrary('default', { resolver });
registerIconLibrary('system', { resolver });

// The server is on this machine: when it does not answer within some seconds, it was closed.
Blazor.start({ circuit: { reconnectionOptions: { maxRetries: 8, retryIntervalMilliseconds: 1000 } } });

// A menu closes by Escape, and when something else is clicked or focused.
const close = except => document.querySelectorAll('details[data-menu][open]').forEach(menu => menu.contains(except) || menu.removeAttribute('open'));
addEventListener('pointerdown', event => close(event.target));
addEventListener('focusin', event => close(event.target));
addEventListener('keydown', event => {
  const menu = event.key === 'Escape' ? document.querySelector('details[data-menu][open]') : null;
  menu?.removeAttribute('open');
  menu?.querySelector('summary')?.focus();
});

document.querySelector('[data-reconnect]')?.addEventListener('click', async () => {
  // The server is there again but does not know this window: it was restarted.
  if (!await Blazor.reconnect().catch(() => false)) {
    location.reload();
  }
});
document.querySelector('[data-reload]')?.addEventListener('click', () => location.reload());

// Blazor takes links over and scrolls to their target, but leaves the focus where it is.
addEventListener('click', event => {
  if (event.target.closest?.('.skip-link')) {
    event.preventDefault();
    event.stopImmediatePropagation();
    document.getElementById('content').focus();
  }
}, { capture: true });
