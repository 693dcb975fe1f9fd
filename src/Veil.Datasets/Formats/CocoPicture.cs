namespace Veil.Datasets.Formats;

/// <summary>A picture that annotation files name.</summary>
internal sealed record CocoPicture(string Path, string Split, int Width, int Height, DatasetPlace Place, int File)
{
    public AnnotationState Annotations { get; init; } = AnnotationState.Absent;

    /// <summary>Splits of further files that name it.</summary>
    public IReadOnlyList<string> OtherSplits { get; init; } = [];

    /// <summary>What the files that name it are about.</summary>
    public CocoSubjects Tells { get; init; }
}
