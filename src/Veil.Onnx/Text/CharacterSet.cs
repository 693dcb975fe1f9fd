using System.Text;
using Veil.Errors;

namespace Veil.Onnx.Text;

/// <summary>
/// What the classes of a reading network stand for, from the <c>character_dict</c> of PaddleOCR's configuration: one entry a
/// line. Class 0 is none, the last one a space. Immutable.
/// </summary>
internal sealed class CharacterSet
{
    private const string Heading = "character_dict:";

    private readonly string[] _characters;

    private CharacterSet(string[] characters) => _characters = characters;

    /// <summary>Classes of the network that goes with it.</summary>
    public int Classes => _characters.Length;

    /// <summary>The character of a class; empty for none.</summary>
    public string this[int index] => _characters[index];

    /// <summary>Reads the configuration: as much of YAML as a list of single characters takes.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="file">UTF-8.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: it has no such list.</exception>
    public static CharacterSet Parse(string name, ReadOnlySpan<byte> file)
    {
        var characters = new List<string> { "" };
        var within = false;
        foreach (var line in Encoding.UTF8.GetString(file).Split('\n'))
        {
            var entry = line.TrimEnd('\r').AsSpan().TrimStart(' ');
            if (within && entry.StartsWith("- "))
            {
                characters.Add(Unquote(entry[2..]));
            }
            else if (within && !entry.IsEmpty)
            {
                break;
            }
            else
            {
                within |= entry.SequenceEqual(Heading);
            }
        }

        return characters.Count > 1
            ? new CharacterSet([.. characters, " "])
            : throw new VeilException(VeilErrorCode.InvalidModel, $"Expected '{name}' to list characters under {Heading}, but it lists none.");
    }

    private static string Unquote(ReadOnlySpan<char> entry) => entry switch
    {
        ['\'', .. var single, '\''] => single.ToString().Replace("''", "'", StringComparison.Ordinal),
        ['"', .. var plain, '"'] => plain.ToString().Replace("\\\\", "\\", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal),
        _ => entry.ToString(),
    };
}
