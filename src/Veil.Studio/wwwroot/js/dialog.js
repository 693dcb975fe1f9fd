// Native dialogs: they hold the focus, close by Escape, and give the focus back.

/** @param {HTMLDialogElement} dialog */
export function show(dialog) {
  if (!dialog.open) {
    dialog.showModal();
  }
}

/** @param {HTMLDialogElement} dialog */
export function close(dialog) {
  dialog.close();
}

/** Says something to screen readers. @param {string} text */
export function announce(text) {
  document.getElementById('announcer').textContent = text;
}
