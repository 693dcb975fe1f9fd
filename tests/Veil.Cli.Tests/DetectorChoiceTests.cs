using Veil.Vision;

namespace Veil.Tests;

public sealed class DetectorChoiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [VisionTheory]
    [InlineData("haar")]
    [InlineData("haar", "--detector-set", "cascade=lbp-frontal-improved", "--detector-set", "neighbors=3")]
    [InlineData("hog", "--detector-set", "upsample=0")]
    [InlineData("dlib-cnn", "--detector-set", "upsample=0")]
    [InlineData("haar,hog", "--detector-set", "hog.upsample=0")]
    public void A_named_detector_finds_four_people(string detectors, params string[] more)
    {
        People.CopyTo(_folder, "in/a.jpg");

        VeilProcess.Run(["detect", _folder["in"], "-o", _folder["regions.json"], "--detector", detectors, .. more]).Exits(0);

        Assert.Equal(4, File.ReadAllText(_folder["regions.json"]).Split("\"kind\"").Length - 1);
    }

    [VisionFact]
    public void The_report_says_how_the_detector_was_set()
    {
        People.CopyTo(_folder, "in/a.jpg");

        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--detector", "haar,retinaface", "--detector-set", "haar.neighbors=7", "--method", "solid").Exits(0);

        var report = File.ReadAllText(_folder["out/veil-report.json"]);
        Assert.Contains("\"detector.haar.neighbors\": \"7\"", report, StringComparison.Ordinal);
        Assert.Contains("\"detector.haar.cascade\": \"frontal-default\"", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("neighbors", "--detector", "haar", "--detector-set", "sells=3")]
    [InlineData("between 0 and 100", "--detector", "haar", "--detector-set", "neighbors=101")]
    [InlineData("NAME=VALUE", "--detector", "haar", "--detector-set", "neighbors")]
    [InlineData("no options of its own", "--detector", "retinaface", "--detector-set", "neighbors=3")]
    [InlineData("haar or hog", "--detector", "haar,hog", "--detector-set", "neighbors=3")]
    [InlineData("not among", "--detector", "haar,hog", "--detector-set", "retinaface.neighbors=3")]
    [InlineData("none was named", "--detector-set", "neighbors=3")]
    [InlineData("haar, hog, dlib-cnn", "--detector", "eigenfaces")]
    public void A_mistake_in_the_choice_is_explained(string because, params string[] arguments)
    {
        People.CopyTo(_folder, "in/a.jpg");

        var run = VeilProcess.Run(["detect", _folder["in"], "-o", _folder["regions.json"], .. arguments]).Exits(2);

        Assert.Contains(because, run.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Options_of_a_detector_are_listed_with_range_and_default()
    {
        var text = VeilProcess.Run("detectors", "haar").Exits(0).Text;

        Assert.Contains("1.01..4", text, StringComparison.Ordinal);
        Assert.Contains("frontal-default", text, StringComparison.Ordinal);
    }

    /// <summary>A theory that needs OpenCV and dlib; it skips, saying so, where they are not here.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class VisionTheoryAttribute : TheoryAttribute
    {
        public VisionTheoryAttribute() => Skip = VisionLibrary.IsAvailable ? null : VisionLibrary.WhyNot;
    }

    /// <summary>As <see cref="VisionTheoryAttribute"/>, for a fact.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class VisionFactAttribute : FactAttribute
    {
        public VisionFactAttribute() => Skip = VisionLibrary.IsAvailable ? null : VisionLibrary.WhyNot;
    }
}
