namespace Veil.Imaging.Native;

/// <summary>libvips refused or failed; always turned into a <see cref="Errors.VeilException"/> before it leaves this project.</summary>
internal sealed class VipsFailure(string message) : Exception(message);
