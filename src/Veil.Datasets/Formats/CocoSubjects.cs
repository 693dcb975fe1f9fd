namespace Veil.Datasets.Formats;

/// <summary>What an annotation file is about: of the rest it says nothing, least of all that it is not there.</summary>
[Flags]
internal enum CocoSubjects
{
    None = 0,
    People = 1,
    Faces = 2,
    Plates = 4,
}
