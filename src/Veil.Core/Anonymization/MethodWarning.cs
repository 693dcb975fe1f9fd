namespace Veil.Anonymization;

/// <summary>Said to the user before a run when the chosen strength hides badly.</summary>
/// <param name="Message">What was measured, with the figure.</param>
/// <param name="Hint">What to choose instead.</param>
public sealed record MethodWarning(string Message, string Hint);
