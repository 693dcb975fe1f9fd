using Veil.Anonymization;
using Veil.Errors;
using Veil.Regions;
using Veil.Studio.Languages;
using Veil.Studio.Live;
using Veil.Video.Live;

namespace Veil.Studio.Tests.Live;

public sealed class LiveMethodsTests
{
    [Theory]
    [InlineData("swap")]
    [InlineData("ksame")]
    [InlineData("image")]
    public void Methods_that_need_several_people_or_files_are_refused(string id) => Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => LiveMethods.Find(id)).Code);

    [Fact]
    public void Every_method_kind_delay_and_state_has_a_name_in_every_language() => Assert.All(StudioLanguage.All, language =>
    {
        var texts = new TextTable("Live", language);
        IEnumerable<string> keys =
        [
            .. LiveMethods.All.Select(method => "Method_" + method.Id), .. LiveMethods.Kinds.Select(kind => "Kind_" + kind),
            .. Enum.GetNames<LiveDelay>().Select(delay => "Delay_" + delay), .. Enum.GetNames<LiveState>().Select(state => "State_" + state),
        ];
        Assert.All(keys, key => Assert.NotEmpty(texts[key]));
    });

    [Fact]
    public void Every_strength_can_be_chosen() => Assert.All(LiveMethods.All.Where(method => !LiveMethods.IsSlow(method)), method =>
    {
        for (var strength = 0; strength < LiveMethods.Strengths(method); strength++)
        {
            Assert.NotNull(LiveMethods.Prepare(new LiveChoice { Method = method.Id, Strength = strength }, CancellationToken.None).Treatment);
        }
    });

    [Fact]
    public void Plates_and_writing_never_get_a_blur()
    {
        var (treatment, _) = LiveMethods.Prepare(new LiveChoice { Kinds = [RegionKind.Face, RegionKind.Plate], Method = "gaussian" }, CancellationToken.None);
        Assert.IsType<KindAnonymizer>(treatment.Anonymizer);
    }

    [Fact]
    public void Shape_and_growth_are_those_of_people_alone()
    {
        var (treatment, _) = LiveMethods.Prepare(new LiveChoice { Kinds = [RegionKind.Face, RegionKind.Head, RegionKind.Plate], Shape = RegionShape.Box, Growth = 0.75f }, CancellationToken.None);
        Assert.All([RegionKind.Face, RegionKind.Head], kind => Assert.Equal((RegionShape.Box, 0.75f), (treatment.Policies[kind].Shape, treatment.Policies[kind].Growth)));
        Assert.Equal(RegionPolicy.For(RegionKind.Plate), treatment.Policies[RegionKind.Plate]);
    }

    [Fact]
    public void Only_a_shape_that_needs_more_to_be_found_is_looked_for_anew()
    {
        var usual = Finding(new LiveChoice());
        Assert.Equal(usual, Finding(new LiveChoice { Growth = 0.75f }));
        Assert.Equal(usual, Finding(new LiveChoice { Shape = RegionShape.Box }));
        Assert.NotEqual(usual, Finding(new LiveChoice { Shape = RegionShape.Face }));
    }

    [Fact]
    public void An_automatic_delay_gets_longer_while_frames_are_grey_and_shorter_once_when_all_is_calm()
    {
        var pace = new LivePace(LiveDelay.Automatic);
        Assert.Equal(1, Enumerable.Range(0, 3).Count(_ => pace.Adapts(Health(covered: 10, grey: 20, search: 0.25))));
        Assert.Equal(0.6, pace.Latency.TotalSeconds, 3);
        Assert.Equal(1, Enumerable.Range(0, 30).Count(_ => pace.Adapts(Health(covered: 30, grey: 0, search: 0.03))));
        Assert.Equal(0.3, pace.Latency.TotalSeconds, 3);
        Assert.Equal(3, Enumerable.Range(0, 30).Count(_ => pace.Adapts(Health(covered: 10, grey: 20, search: 0.25))));
        Assert.Equal(2.4, pace.Latency.TotalSeconds, 3);
        Assert.DoesNotContain(true, Enumerable.Range(0, 30).Select(_ => pace.Adapts(Health(covered: 30, grey: 0, search: 0.03))));
    }

    [Fact]
    public void A_delay_that_was_chosen_stays()
    {
        var pace = new LivePace(LiveDelay.Medium);
        Assert.DoesNotContain(true, Enumerable.Range(0, 30).Select(_ => pace.Adapts(Health(covered: 0, grey: 30, search: 2))));
        Assert.True(pace.IsStruggling);
        Assert.Equal(0.6, pace.Latency.TotalSeconds, 3);
    }

    private static string? Finding(LiveChoice choice) => LiveMethods.Prepare(choice, CancellationToken.None).Treatment.Finding;

    private static LiveHealth Health(int covered, int grey, double search) =>
        new(TimeSpan.FromSeconds(1), covered + grey, covered, grey, 0, 1, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(search), 0, null, 0);
}
