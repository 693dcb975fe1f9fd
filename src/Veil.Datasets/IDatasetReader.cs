using Veil.Errors;

namespace Veil.Datasets;

/// <summary>
/// A dataset on disk. Opening it finds its annotation files and categories; pictures are enumerated lazily, and the objects
/// of a picture are read when they are asked for (<see cref="DatasetPicture.ReadObjects"/>). Nothing is ever written below its root.
/// </summary>
/// <remarks>
/// Every file below the root that is not hidden (no part of its path begins with a dot) comes exactly once: from
/// <see cref="Pictures"/> or from <see cref="Files"/>. Both may be enumerated repeatedly, also at the same time, and give the
/// same order as long as the files stay. Errors are <see cref="VeilException"/>s of <see cref="VeilErrorCode.InvalidDataset"/>
/// whose message begins with file and line; where <see cref="DatasetReadOptions.Problems"/> is set, they are reported there
/// and reading goes on without what is broken. Thread-safe, but for one enumerator.
/// </remarks>
public interface IDatasetReader : IDisposable
{
    /// <summary>The format's id.</summary>
    string Format { get; }

    /// <summary>Full path of the dataset's folder.</summary>
    string Root { get; }

    /// <summary>All categories that the dataset declares or its format fixes, in order.</summary>
    IReadOnlyList<DatasetCategory> Categories { get; }

    /// <summary>Names of the splits as the dataset spells them (<c>train</c>, <c>val2017</c>), sorted; see <see cref="SplitName"/>.</summary>
    IReadOnlyList<string> Splits { get; }

    /// <summary>
    /// Every picture that can show somebody, in ordinal order of <see cref="DatasetPicture.Path"/>, with annotations or without;
    /// then, in the same order, those that are annotated but missing (<see cref="DatasetPicture.Exists"/>).
    /// </summary>
    IEnumerable<DatasetPicture> Pictures();

    /// <summary>The picture with a path, without going through the others; null where there is none.</summary>
    /// <param name="path">As <see cref="DatasetPicture.Path"/>.</param>
    DatasetPicture? Find(string path);

    /// <summary>Every other file below the root, in ordinal order of its path.</summary>
    IEnumerable<DatasetFile> Files();
}
