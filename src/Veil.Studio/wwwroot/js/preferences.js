// Appearance and language, kept in cookies: they hold on every port that a later start may get.

/** @param {string} name @param {string} value */
function keep(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=strict`;
}

/** @returns {string} light, dark or system */
export function theme() {
  return document.documentElement.dataset.theme ?? 'system';
}

/** @param {'light' | 'dark' | 'system'} value */
export function setTheme(value) {
  keep('veil-theme', value);
  document.documentElement.dataset.theme = value;
}

/** Loads the page again, in another language. @param {string} code */
export function setLanguage(code) {
  keep('veil-language', code);
  location.reload();
}
