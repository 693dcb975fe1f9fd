using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Veil.Evaluation.Reports.Html;

/// <summary>Writes HTML so that no text can become markup: all but <see cref="Trusted"/> is escaped.</summary>
internal sealed class HtmlWriter(TextWriter output)
{
    private static readonly char[] Joints = [':', '=', '/', ',', '_'];

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>An opening tag.</summary>
    /// <param name="tag">A name of ours.</param>
    /// <param name="attributes">Names of ours; a null value leaves the attribute out.</param>
    public HtmlWriter Open(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        output.Write('<');
        output.Write(tag);
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                output.Write($" {name}=\"");
                Encoder.Encode(output, value);
                output.Write('"');
            }
        }

        output.Write('>');
        return this;
    }

    /// <summary>A closing tag.</summary>
    public HtmlWriter Close(string tag)
    {
        output.Write($"</{tag}>");
        return this;
    }

    /// <summary>Text.</summary>
    public HtmlWriter Text(string text)
    {
        Encoder.Encode(output, text);
        return this;
    }

    /// <summary>Text that may be broken after the marks that join words, e.g. <c>pixelate:grid=4</c>.</summary>
    public HtmlWriter Breakable(string text)
    {
        var start = 0;
        for (var next = text.IndexOfAny(Joints, start); next >= 0 && next + 1 < text.Length; next = text.IndexOfAny(Joints, start))
        {
            Text(text[start..(next + 1)]);
            output.Write("<wbr>");
            start = next + 1;
        }

        return Text(text[start..]);
    }

    /// <summary>An element with text.</summary>
    public HtmlWriter Element(string tag, string text, params ReadOnlySpan<(string Name, string? Value)> attributes) => Open(tag, attributes).Text(text).Close(tag);

    /// <summary>A new line, so that the source can be read.</summary>
    public HtmlWriter Line()
    {
        output.Write('\n');
        return this;
    }

    /// <summary>Style sheets, scripts and escaped JSON: nothing that comes from data as it came.</summary>
    public HtmlWriter Trusted(string text)
    {
        output.Write(text);
        return this;
    }
}
