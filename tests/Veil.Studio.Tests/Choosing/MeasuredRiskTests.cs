using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Veil.Anonymization;
using Veil.Engine;
using Veil.Studio.Choosing;

namespace Veil.Studio.Tests.Choosing;

public sealed partial class MeasuredRiskTests
{
    [Fact]
    public void The_figures_are_those_of_the_results_page()
    {
        var page = File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs", "results.md")).Select(line => Row().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups[1].Value, Number(match, 2), Number(match, 3), match.Groups[4].Value)).ToList();
        using var table = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "Veil.Studio", "Choosing", "reidentification.json")));
        var embedded = table.RootElement.GetProperty("rows").EnumerateArray()
            .Select(row => (row.GetProperty("method").GetString()!, row.GetProperty("rank1").GetDouble(), row.GetProperty("margin").GetDouble(), row.GetProperty("verdict").GetString()!)).ToList();
        Assert.NotEmpty(page);
        Assert.Equal(page, embedded);
    }

    [Theory]
    [InlineData("veil", "", .0075)]
    [InlineData("veil", "tone=neutral", .0037)]
    [InlineData("gaussian", "sigma=0.2", .0919)]
    [InlineData("pixelate", "grid=16", .7607)]
    public void A_method_at_a_measured_strength_has_its_figure(string id, string options, double rank1) =>
        Assert.Equal(rank1, Of(id, options)!.Rank1);

    [Fact]
    public void Nothing_is_made_up_between_measurements() => Assert.Null(Of("gaussian", "sigma=0.17"));

    [Fact]
    public void A_preset_has_its_own_figure()
    {
        var (method, preset) = Catalogues.Methods.FindPreset("face-replace/eyes");
        Assert.Equal(.9465, MeasuredRisk.Of(method, preset.Options, Catalogues.Methods)!.Rank1);
    }

    [Fact]
    public void The_level_says_what_the_verdict_says()
    {
        Assert.Equal(RiskLevel.None, Of("solid", "")!.Level);
        Assert.Equal(RiskLevel.Little, Of("veil", "")!.Level);
        Assert.Equal(RiskLevel.Some, Of("gaussian", "")!.Level);
        Assert.Equal(RiskLevel.High, Of("bilateral", "")!.Level);
    }

    private static MeasuredRisk? Of(string id, string options)
    {
        var method = Catalogues.Methods.Find(id);
        var pairs = options.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1]));
        return MeasuredRisk.Of(method, MethodOptionsBinder.Bind(method, pairs), Catalogues.Methods);
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (?:\(none\)|`([^`]+)`(?: [^|]*)?) \| ([.\d]+) ± ([.\d]+) \(×[.\d]+\) \| [^|]+ \| (recognized|undecided|near chance|at chance) \|")]
    private static partial Regex Row();
}
