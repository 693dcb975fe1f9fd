using System.Text.RegularExpressions;
using Veil.Anonymization;
using Veil.Detection;
using Veil.Engine;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Models;
using Veil.Options;
using Veil.Pipeline;
using Veil.Studio.Languages;

namespace Veil.Studio.Tests.Languages;

public sealed partial class EngineWordsTests
{
    private static readonly ModelStore Store = ModelStore.Default();

    // Said alike in both languages.
    private static readonly HashSet<string> Alike = new(StringComparer.Ordinal) { "Emoji", "Median", "Bilateral" };

    public static TheoryData<string> Others() => [.. StudioLanguage.All.Where(language => language != StudioLanguage.English).Select(language => language.Code)];

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_method_option_and_preset_has_words_of_its_own(string language)
    {
        var (english, other) = (WordsIn("en"), WordsIn(language));
        foreach (var method in Catalogues.Methods.All)
        {
            AssertTranslated(english.NameOf(method), other.NameOf(method));
            AssertTranslated(english.WordsOf(method), other.WordsOf(method));
            AssertTranslated(english, other, method.Id, MethodOptionsBinder.Describe(method));
            Assert.All(method.Presets, preset => AssertTranslated(english.WordsOf(preset), other.WordsOf(preset)));
        }
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_detector_and_its_options_have_words_of_their_own(string language)
    {
        var (english, other) = (WordsIn("en"), WordsIn(language));
        foreach (var detector in Catalogues.Detectors(Catalogues.Onnx(Store), Store).All)
        {
            AssertTranslated(english.WordsOf(detector), other.WordsOf(detector));
            AssertTranslated(english, other, EngineWords.OwnerOf(detector), DetectorTuningBinder.Describe(detector));
        }
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_error_says_what_happened_and_what_to_do(string language)
    {
        foreach (var code in Enum.GetValues<VeilErrorCode>())
        {
            var said = WordsIn(language).Of(new VeilException(code, "Facts of the case: 12 × 34.", "Do this."));
            Assert.Equal("Facts of the case: 12 × 34.", said.Detail);
            Assert.EndsWith(".", said.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", said.Hint, StringComparison.Ordinal);
            Assert.NotEqual("Do this.", said.Hint);
            Assert.Equal(said, WordsIn(language).Of(new ItemError(code.ToString(), "open", "Facts of the case: 12 × 34.", "Do this.")));
            Assert.True(code == VeilErrorCode.UnexpectedFailure || said.Message != WordsIn(language).Of(new VeilException(VeilErrorCode.UnexpectedFailure, "?")).Message, $"{code} has no words of its own");
        }
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Nothing_is_translated_that_is_not_there(string language)
    {
        HashSet<string> known = ["RangeTo", "RangeOr", "seed"];
        foreach (var method in Catalogues.Methods.All)
        {
            Add(known, method.Id, MethodOptionsBinder.Describe(method));
            known.UnionWith(method.Presets.Select(preset => "preset." + preset.Name));
        }

        foreach (var detector in Catalogues.Detectors(Catalogues.Onnx(Store), Store).All)
        {
            known.Add(EngineWords.OwnerOf(detector));
            Add(known, EngineWords.OwnerOf(detector), DetectorTuningBinder.Describe(detector));
        }

        Assert.Empty(new TextTable("Catalogue", StudioLanguage.Find(language)!).Keys.Except(known));
        Assert.Empty(new TextTable("Errors", StudioLanguage.Find(language)!).Keys.Except(Enum.GetNames<VeilErrorCode>().SelectMany(code => new[] { code, code + ".Hint" })));
    }

    [Fact]
    public void What_nobody_translated_keeps_its_own_words_and_says_in_which_language()
    {
        var own = AnonymizerDescriptor.Of<NoOptions>("own", "something of my own", Guarantee.Obfuscating, _ => throw new NotSupportedException());
        Assert.Equal(new EngineText("something of my own", "en"), WordsIn("de").WordsOf(own));
        Assert.Equal(new EngineText("own", "en"), WordsIn("de").NameOf(own));
        Assert.Equal(new EngineText("something of my own", null), WordsIn("en").WordsOf(own));
        var option = new OptionDescription("fine-ness", "rough|smooth", "", "rough", "how fine");
        Assert.Equal(new EngineText("Fine ness", "en"), WordsIn("de").NameOf(option));
        Assert.Equal(new EngineText("Smooth", "en"), WordsIn("de").NameOf("own", option, "smooth"));
        Assert.Equal(new EngineText("how fine", "en"), WordsIn("de").WordsOf("own", option));
        Assert.Equal(new EngineText("a finding of a check of my own", "en"), WordsIn("de").Of("a finding of a check of my own"));
    }

    [Fact]
    public void English_pages_say_what_the_engine_says()
    {
        Assert.Equal(new ErrorText("It broke.", "Mend it.", ""), WordsIn("en").Of(new VeilException(VeilErrorCode.CorruptInput, "It broke.", "Mend it.")));
        Assert.Equal(new EngineText("a face of 40 pixels is as it was (score 0.91)", null), WordsIn("en").Of("a face of 40 pixels is as it was (score 0.91)"));
    }

    [Fact]
    public void Known_sentences_are_said_with_their_facts()
    {
        var german = WordsIn("de");
        Assert.Equal(new EngineText("ein Gesicht von 40 Pixeln ist, wie es war (Sicherheit 0,91)", null), german.Of("a face of 40 pixels is as it was (score 0.91)"));
        Assert.Equal(
            new ErrorText("Es gibt keinen Ordner „/home/ich/menschen“.", "Prüfen Sie die Schreibweise, und ob der Datenträger angeschlossen ist.", ""),
            german.Of(new VeilException(VeilErrorCode.UnreadableInput, "There is no folder '/home/ich/menschen'.", "Check the spelling, and that it is mounted on this machine.")));

        // A sentence in a sentence.
        Assert.Equal(
            "Das Ergebnis hält der Prüfung nicht stand: es hat mehr Bilder als das Original",
            german.Of(new ItemError("NotVerified", "verify", "The result does not hold: it has more frames than the original", "")).Message);
    }

    [Fact]
    public void What_the_engine_throws_is_known()
    {
        var german = WordsIn("de");
        var garbage = Assert.Throws<VeilException>(() => Picture.Decode("no picture at all"u8.ToArray()));
        Assert.StartsWith("Der Inhalt dieser Datei ist kein Bild.", german.Of(garbage).Message, StringComparison.Ordinal);
        Assert.Empty(german.Of(garbage).Detail);
        var veil = Catalogues.Methods.Find("veil");
        Assert.StartsWith("Hier sind Werte von 0 bis 1 erlaubt", german.Of(Assert.Throws<VeilException>(() => MethodOptionsBinder.Bind(veil, [new("shading", "7")]))).Message, StringComparison.Ordinal);
        Assert.StartsWith("„viel“ lässt sich hier nicht verwenden", german.Of(Assert.Throws<VeilException>(() => MethodOptionsBinder.Bind(veil, [new("shading", "viel")]))).Message, StringComparison.Ordinal);
        Assert.StartsWith("Hier sind Werte von 0.01 bis 2 erlaubt", german.Of(Assert.Throws<VeilException>(() => MethodOptionsBinder.Bind(Catalogues.Methods.Find("gaussian"), [new("sigma", "9")]))).Message.Replace(',', '.'), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sentence_is_one_that_the_program_says()
    {
        // What .NET says of attributes of its own, and what is put together of words.
        string[] foreign = ["OutOfRange", "Missing", "Resembles", "NewFace"];
        var sources = string.Concat(Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var sentences = new TextTable("Sentences", StudioLanguage.English);
        foreach (var key in sentences.Keys.Except(foreign))
        {
            foreach (var words in Joints().Split(sentences[key]).Select(part => part.Trim(' ', '.', '\'', '(', ')')).Where(part => part.Length > 2))
            {
                Assert.True(sources.Contains(words, StringComparison.Ordinal), $"Text/Sentences.resx has '{key}', but nothing says '{words}'");
            }
        }
    }

    [Fact]
    public void Ranges_are_written_as_the_language_does()
    {
        var cell = MethodOptionsBinder.Describe(Catalogues.Methods.Find("pixelate")).First(option => option.Name == "cell");
        Assert.Equal("0.01..1, or 1px..4096px", WordsIn("en").RangeOf(cell));
        Assert.Equal("0.01 bis 1 oder 1px bis 4096px", WordsIn("de").RangeOf(cell));
    }

    private static EngineWords WordsIn(string language) => new(new CurrentLanguage { Language = StudioLanguage.Find(language)! });

    private static void AssertTranslated(EngineWords english, EngineWords other, string owner, IReadOnlyList<OptionDescription> options) => Assert.All(options, option =>
    {
        AssertTranslated(english.NameOf(option), other.NameOf(option));
        AssertTranslated(english.WordsOf(owner, option), other.WordsOf(owner, option));
        if (option.Type.Contains('|', StringComparison.Ordinal))
        {
            Assert.All(option.Type.Split('|'), choice => AssertTranslated(english.NameOf(owner, option, choice), other.NameOf(owner, option, choice)));
        }
    });

    private static void AssertTranslated(EngineText english, EngineText other)
    {
        Assert.True(other.Language is null, $"'{english.Text}' is not translated");
        Assert.True(other.Text != english.Text || Alike.Contains(other.Text), $"'{english.Text}' is the same in both languages");
        Assert.False(string.IsNullOrWhiteSpace(other.Text));
        Assert.DoesNotMatch(@"\{\d", other.Text);
    }

    private static void Add(HashSet<string> known, string owner, IReadOnlyList<OptionDescription> options)
    {
        foreach (var option in options)
        {
            known.Add("option." + option.Name);
            known.Add($"{owner}.{option.Name}");
            known.UnionWith(option.Type.Split('|').Select(choice => $"{owner}.{option.Name}.{choice}"));
        }
    }

    [GeneratedRegex(@"\{\d\}|[,;:]|\\|"" *\+ *""")]
    private static partial Regex Joints();

    private sealed record NoOptions : MethodOptions;
}
