namespace Veil.Studio.Live.Recordings;

/// <summary>A recording that lies in the studio's folder and is not being written.</summary>
/// <param name="Name">What it is called when it is saved, e.g. <c>veil-live-2026-11-20-21-05-10.mp4</c>.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="State">What became of it.</param>
internal sealed record KeptRecording(string Name, long Bytes, RecordingState State);
