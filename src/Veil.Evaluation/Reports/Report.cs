namespace Veil.Evaluation.Reports;

/// <summary>
/// What an evaluation has to say, independent of any file format: <c>ReportWriter</c> makes a web page, a workbook, tables of
/// comma-separated values and JSON of it. Immutable.
/// </summary>
/// <param name="Title">One line.</param>
/// <param name="Summary">The result in a few sentences, for somebody who reads nothing else; one paragraph each.</param>
/// <param name="Sections">In reading order.</param>
/// <param name="Provenance">How it came about, so that somebody else can repeat it.</param>
public sealed record Report(string Title, IReadOnlyList<string> Summary, IReadOnlyList<ReportSection> Sections, Provenance Provenance)
{
    /// <summary>What the reader must know before believing it, e.g. that a sanity check failed; shown first and marked. Usually empty.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The tables of all sections, in reading order.</summary>
    public IEnumerable<ReportTable> Tables() => Sections.SelectMany(section => section.Blocks).OfType<ReportTable>();
}

/// <summary>A part of a report under a heading.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Blocks">Paragraphs, tables, charts, pictures, in reading order.</param>
public sealed record ReportSection(string Title, IReadOnlyList<ReportBlock> Blocks);

/// <summary>A piece of a section.</summary>
public abstract record ReportBlock;

/// <summary>A paragraph of plain text.</summary>
/// <param name="Text">No markup; everything in it is shown as it is.</param>
public sealed record ReportText(string Text) : ReportBlock;

/// <summary>A command or other text in which every character counts.</summary>
/// <param name="Text">May have several lines.</param>
public sealed record ReportCode(string Text) : ReportBlock;

/// <summary>Pictures side by side, e.g. before and after; only of people who may be shown.</summary>
/// <param name="Caption">What they show.</param>
/// <param name="Pictures">In order.</param>
public sealed record ReportPictures(string Caption, IReadOnlyList<ReportPicture> Pictures) : ReportBlock;

/// <summary>An encoded picture.</summary>
/// <param name="Encoded">The bytes of a file.</param>
/// <param name="MediaType">E.g. <c>image/png</c>.</param>
/// <param name="Caption">Short.</param>
public sealed record ReportPicture(ReadOnlyMemory<byte> Encoded, string MediaType, string Caption);
