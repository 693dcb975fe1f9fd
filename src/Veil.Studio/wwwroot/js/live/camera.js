// The user's cameras. The raw picture is never attached to the page: it exists as a track alone.

/** Why a camera cannot be opened, in a word. @param {unknown} error */
export function reason(error) {
  switch (error?.name) {
    case 'NotAllowedError': case 'SecurityError': return 'denied';
    case 'NotFoundError': case 'OverconstrainedError': return 'none';
    case 'NotReadableError': case 'AbortError': return 'busy';
    default: return 'failed';
  }
}

/**
 * Opens a camera. @param {string} id Empty for the browser's choice. @param {number} lines Rows wanted.
 * @returns {Promise<MediaStreamTrack>}
 */
export async function open(id, lines) {
  if (!navigator.mediaDevices) {
    throw new DOMException('', 'NotFoundError');
  }
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { deviceId: id ? { exact: id } : undefined, height: { ideal: lines }, width: { ideal: Math.round(lines * 16 / 9) }, frameRate: { ideal: 30, max: 30 } },
  });
  return stream.getVideoTracks()[0];
}

/** Cameras that the browser tells of; their names only once one may be used. @returns {Promise<{id: string, name: string}[]>} */
export async function list() {
  const devices = await navigator.mediaDevices?.enumerateDevices() ?? [];
  return devices.filter(device => device.kind === 'videoinput').map(device => ({ id: device.deviceId, name: device.label }));
}
