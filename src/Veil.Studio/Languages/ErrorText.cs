namespace Veil.Studio.Languages;

/// <summary>What went wrong, as a page shows it.</summary>
/// <param name="Message">What happened.</param>
/// <param name="Hint">What to do; may be empty.</param>
/// <param name="Detail">The facts of the case in English, where the message says only what kind of thing went wrong; empty otherwise.</param>
internal readonly record struct ErrorText(string Message, string Hint, string Detail);
