using System.Security.Cryptography;
using System.Text;

namespace Veil.Evaluation.Reports.Html;

/// <summary>A text that is part of the assembly, e.g. a script, with what a content security policy calls it.</summary>
internal sealed class EmbeddedText
{
    private EmbeddedText(string text) => (Text, Source) = (text, "'sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text))) + "'");

    /// <summary>The text, lines ended by a line feed as HTML reads them.</summary>
    public string Text { get; }

    /// <summary>Its hash as a source of a content security policy.</summary>
    public string Source { get; }

    /// <summary>Reads one.</summary>
    /// <param name="name">Of the resource, without the assembly's.</param>
    public static EmbeddedText Read(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream("Veil.Evaluation." + name)
            ?? throw new InvalidOperationException($"Expected a resource '{name}' in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new EmbeddedText(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
