namespace Veil.Writing;

/// <summary>What a line of writing says.</summary>
/// <param name="Text">Its characters; empty where nothing could be read.</param>
/// <param name="Certainty">How sure the reader is of them, 0..1; 0 where nothing could be read.</param>
public readonly record struct LineReading(string Text, float Certainty);
