using Veil.Engine;
using Veil.Errors;
using Veil.Regions;
using Veil.Studio.Choosing;

namespace Veil.Studio.Tests.Choosing;

public sealed class ChoiceTests
{
    private static readonly Choice Default = Choice.Of(new AnonymizerSettings(), Catalogues.Methods);

    [Fact]
    public void A_new_project_veils_faces()
    {
        Assert.Equal([RegionKind.Face], Default.Kinds);
        Assert.Equal("veil", Default.Method.Id);
        Assert.Null(Default.Preset);
    }

    [Fact]
    public void What_is_chosen_is_read_back_from_settings()
    {
        var chosen = Default.Toggle(RegionKind.Plate).With(Catalogues.Methods.Find("gaussian")).With("sigma", "0.4") with { Growth = .35f, Shape = RegionShape.Box };
        var read = Choice.Of(chosen.Apply(new AnonymizerSettings()), Catalogues.Methods);
        Assert.Equal(chosen.Kinds, read.Kinds);
        Assert.Equal(chosen with { Kinds = read.Kinds }, read);
    }

    [Fact]
    public void A_preset_is_kept_by_name_until_an_option_changes()
    {
        var (method, preset) = Catalogues.Methods.FindPreset("face-replace/blur");
        var chosen = Default.With(method) with { Options = preset.Options, Preset = preset.Name };
        Assert.Equal("face-replace/blur", chosen.Apply(new AnonymizerSettings()).Treatments.Single().Method);
        Assert.Equal("face-replace/blur", Choice.Of(chosen.Apply(new AnonymizerSettings()), Catalogues.Methods).Preset);
        Assert.Null(chosen.With("sigma", "0.4").Preset);
    }

    [Fact]
    public void Writing_is_covered_by_what_leaves_nothing_whatever_people_are_covered_by()
    {
        var settings = Default.Toggle(RegionKind.Plate).Toggle(RegionKind.Text).With(Catalogues.Methods.Find("gaussian")).Apply(new AnonymizerSettings());
        Assert.All(settings.Treatments.Where(treatment => treatment.Kind is RegionKind.Plate or RegionKind.Text), treatment => Assert.Null(treatment.Method));
    }

    [Fact]
    public void A_kind_that_the_method_is_not_for_gets_its_own_default()
    {
        var chosen = Default.Toggle(RegionKind.Body).With(Catalogues.Methods.Find("eyes"));
        Assert.False(chosen.Suits(RegionKind.Body));
        Assert.Null(chosen.Apply(new AnonymizerSettings()).Treatments.Single(treatment => treatment.Kind == RegionKind.Body).Method);
    }

    [Fact]
    public void The_last_kind_cannot_be_taken_away() => Assert.Equal([RegionKind.Face], Default.Toggle(RegionKind.Face).Kinds);

    [Fact]
    public void A_value_out_of_range_is_refused() => Assert.Throws<VeilException>(() => Default.With(Catalogues.Methods.Find("gaussian")).With("sigma", "99"));

    [Fact]
    public void Settings_that_the_page_does_not_show_stay()
    {
        var settings = new AnonymizerSettings { Seed = 7, Tracking = null };
        var applied = Default.Apply(settings);
        Assert.Equal(7, applied.Seed);
        Assert.Null(applied.Tracking);
    }

    [Fact]
    public void Every_method_is_in_one_group_and_the_recommended_ones_exist()
    {
        Assert.Equal(Catalogues.Methods.All.Select(method => method.Id).Order(StringComparer.Ordinal), MethodGroup.All(Catalogues.Methods).SelectMany(group => group.Methods).Select(method => method.Id).Order(StringComparer.Ordinal));
        Assert.NotEmpty(MethodGroup.Recommended(Catalogues.Methods).Methods);
    }

    [Fact]
    public void Strengths_go_from_weak_to_strong_and_options_find_their_step()
    {
        var gaussian = Catalogues.Methods.Find("gaussian");
        var scale = StrengthScale.Of(gaussian)!;
        Assert.Equal(gaussian.Strengths.Count, scale.Steps.Count);
        Assert.Equal(0, scale.StepOf(Default.With(gaussian).With("sigma", "0.05").Options));
        Assert.Equal(scale.Steps.Count - 1, scale.StepOf(Default.With(gaussian).With("sigma", "0.5").Options));
        Assert.Null(scale.StepOf(Default.With(gaussian).With("sigma", "0.123").Options));
        Assert.Null(StrengthScale.Of(Catalogues.Methods.Find("solid")));
    }
}
