using Veil.Engine.Runs;
using Veil.Engine.Verification;
using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Engine.Tests.Verification;

public sealed class StrengtheningTests
{
    private static readonly OutputVerification Recognized = new([new OutputFinding("recognition", FindingTone.Failed, "like the original") { Place = new FindingPlace(0, 1, 1, 9, 9) }]);

    private static readonly ItemResult Film = new(new MediaItem("x", "x", MediaItemOrigin.Named), "y", ItemStatus.Done) { Info = new MediaInfo("video", ".mp4", 20, 20, 2) { IsMoving = true } };

    [Fact]
    public void A_stronger_setting_that_cannot_be_had_gives_way_to_one_colour()
    {
        var solid = Catalogues.Methods.Find("solid").Create();
        var method = AnonymizerDescriptor.Of<SyntheticOptions>(
            "synthetic", "", Guarantee.Synthetic,
            options => options.Engine == SyntheticEngine.Inpainter ? solid : throw new VeilException(VeilErrorCode.InvalidModel, "refused")) with
        {
            Strengths = ["", "engine=inpainter"],
        };
        var methods = new ChosenMethods(new Dictionary<RegionKind, ChosenMethod> { [RegionKind.Face] = new(method, new SyntheticOptions { Engine = SyntheticEngine.Inpainter }, null) });
        var made = new List<IAnonymizer>();
        var ladder = new Strengthening(methods, RegionPolicies.Default, (_, _, with) =>
        {
            made.Add(with);
            return new Nothing();
        });

        Assert.DoesNotContain("method", ladder.Next(Film, Recognized, 1)!.Description, StringComparison.Ordinal);
        Assert.EndsWith("method solid", ladder.Next(Film, Recognized, 2)!.Description, StringComparison.Ordinal);
        Assert.Same(solid, made[0]);
        Assert.IsType<SolidAnonymizer>(made[1]);
    }

    private sealed class Nothing : IItemProcessor
    {
        public ItemResult Process(MediaItem item, string? target, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
