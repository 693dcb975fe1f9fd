namespace Veil.Evaluation.Detection;

/// <summary>A picture with all its faces marked.</summary>
/// <param name="File">Full path.</param>
/// <param name="Faces">Its faces.</param>
public sealed record AnnotatedPicture(string File, IReadOnlyList<AnnotatedFace> Faces);
