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
