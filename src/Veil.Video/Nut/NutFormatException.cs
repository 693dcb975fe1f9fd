namespace Veil.Video.Nut;

/// <summary>Bytes that are no NUT, or end too early. Callers say which file and which process they came from.</summary>
internal sealed class NutFormatException(string message) : Exception(message);
