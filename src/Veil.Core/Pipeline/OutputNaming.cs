using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Veil.Pipeline;

/// <summary>What results in a folder are called.</summary>
public enum OutputNames
{
    /// <summary>As the inputs; folders are mirrored.</summary>
    Keep,

    /// <summary>A keyed hash of the input's name: the same input gets the same name again, and nobody without the key finds the name behind it.</summary>
    Hash,

    /// <summary>Numbers in the order of the inputs' names. Inputs added later shift those behind them.</summary>
    Sequence,
}

/// <summary>How results are named, and which names journal and report may hold. Immutable.</summary>
/// <param name="Names">The scheme.</param>
/// <param name="Key">Secret, 32 bytes or more; unused by <see cref="OutputNames.Keep"/>.</param>
/// <param name="Extensions">Extensions, with the dot, that may stay: any other could be part of a name.</param>
public sealed record OutputNaming(OutputNames Names, ReadOnlyMemory<byte> Key, IReadOnlySet<string> Extensions)
{
    // 128 bits: no two names of a run meet by chance.
    private const int HashBytes = 16;
    private const string NumberFormat = "D6";

    /// <summary>Names stay.</summary>
    public static OutputNaming Keep { get; } = new(OutputNames.Keep, default, new HashSet<string>());

    /// <summary>True when the inputs' names are a secret.</summary>
    public bool HidesNames => Names != OutputNames.Keep;

    /// <summary>The name of a result below the output folder, with forward slashes.</summary>
    /// <param name="name">The input's name in the run.</param>
    /// <param name="index">Its place in the order of names, from 0.</param>
    /// <param name="extension">Replaces the input's extension, with the dot; null keeps it.</param>
    public string NameOf(string name, int index, string? extension)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Names switch
        {
            OutputNames.Keep => extension is null ? name : Path.ChangeExtension(name, extension),
            OutputNames.Hash => Convert.ToHexStringLower(HMACSHA256.HashData(Key.Span, Encoding.UTF8.GetBytes("name\0" + name)).AsSpan(0, HashBytes)) + Suffix(name, extension),
            OutputNames.Sequence => (index + 1).ToString(NumberFormat, CultureInfo.InvariantCulture) + Suffix(name, extension),
            _ => throw new InvalidOperationException($"Expected a known scheme of names, but received {Names}."),
        };
    }

    /// <summary>Stands for an input in the journal: another file, or the same changed, has another stamp.</summary>
    /// <param name="item">The input.</param>
    /// <param name="stamp">Its size and time, see <see cref="RunJournal.InputStamp"/>; empty when it is not there.</param>
    /// <remarks>Size and time of an original can give it away, so they are hashed with the key when names are hidden.</remarks>
    public string StampOf(MediaItem item, string stamp)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(stamp);
        return HidesNames && stamp.Length > 0
            ? Convert.ToHexStringLower(HMACSHA256.HashData(Key.Span, Encoding.UTF8.GetBytes($"stamp\0{item.Name}\0{stamp}")).AsSpan(0, HashBytes))
            : stamp;
    }

    private string Suffix(string name, string? extension)
    {
#pragma warning disable CA1308 // Extensions are lower case: even their case can tell a camera.
        var suffix = extension ?? Path.GetExtension(name).ToLowerInvariant();
#pragma warning restore CA1308
        return extension is not null || Extensions.Contains(suffix) ? suffix : "";
    }
}
