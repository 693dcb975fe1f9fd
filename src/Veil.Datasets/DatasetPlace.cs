using System.Globalization;

namespace Veil.Datasets;

/// <summary>Where something stands in a dataset.</summary>
/// <param name="File">Path below the root, with forward slashes.</param>
/// <param name="Line">Line from 1; 0 when the whole file is meant.</param>
public readonly record struct DatasetPlace(string File, int Line = 0)
{
    /// <summary><c>file:line</c>, as compilers write it.</summary>
    public override string ToString() => Line > 0 ? File + ":" + Line.ToString(CultureInfo.InvariantCulture) : File;
}
