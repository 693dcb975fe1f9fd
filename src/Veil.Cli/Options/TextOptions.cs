using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Veil.Cli.Output;
using Veil.Errors;
using Veil.Onnx.Models;
using Veil.Onnx.Text;
using Veil.Regions;
using Veil.Writing;

namespace Veil.Cli.Options;

/// <summary><c>--text-match</c> and what belongs to it: which of the writing is hidden.</summary>
internal sealed class TextOptions
{
    private readonly Option<string[]> _match = new("--text-match")
    {
        Description = "Of the text found, hide only what matches this regular expression, and what cannot be read for sure; may be repeated (docs/plates-and-text.md).",
        HelpName = "REGEX",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<LetterCase> _case = new("--text-case")
    {
        Description = "Whether upper and lower case differ for --text-match.",
    };

    private readonly Option<float> _certainty = new("--text-certainty")
    {
        Description = "How sure a reading must be for --text-match, 0 to 1; less sure is hidden.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => WritingRule.DefaultCertainty,
    };

    public void AddTo(Command command)
    {
        command.Add(_match);
        command.Add(_case);
        command.Add(_certainty);
    }

    /// <summary>The finder, with a choice among the writing where the user wants one.</summary>
    /// <param name="finder">Finds all of it.</param>
    /// <param name="kinds">What it finds.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="store">Has the reader's models.</param>
    /// <exception cref="VeilException">A pattern is none, there is no text to match, or a model is missing.</exception>
    public RegionFinder Complete(RegionFinder finder, IReadOnlyList<RegionKind> kinds, ParseResult parsed, ModelStore store)
    {
        var patterns = parsed.GetValue(_match) ?? [];
        if (patterns.Length == 0)
        {
            return finder;
        }

        if (!kinds.Contains(RegionKind.Text))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "--text-match chooses among text, but this run does not look for any.", "Add it: --find text, or --find faces,text");
        }

        var rule = new WritingRule(patterns, parsed.GetValue(_case), parsed.GetValue(_certainty));
        var reader = WritingReader.Describe(store);
        return finder.Matching(
            reader, new WritingChooser(rule),
            [
                new("text-match", Plural.Of(patterns.Length, "pattern")),
                new("text-case", RegionJson.NameOf(parsed.GetValue(_case))),
                new("text-certainty", rule.Certainty.ToString(CultureInfo.InvariantCulture)),
            ],
            UsedModels.Describe(reader.Models, store),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', patterns)))));
    }
}
