namespace Veil.Evaluation.Bodies;

/// <summary>A picture with everybody in it marked.</summary>
/// <param name="File">Full path.</param>
/// <param name="Bodies">Who is in it; empty for a picture without people.</param>
public sealed record MarkedPicture(string File, IReadOnlyList<MarkedBody> Bodies);
