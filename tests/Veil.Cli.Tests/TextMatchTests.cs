namespace Veil.Tests;

public sealed class TextMatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("(")]
    [InlineData(@"(a)\1")]
    public void A_pattern_that_is_none_is_a_mistake_in_the_command_and_nothing_is_written(string pattern)
    {
        People.CopyTo(_folder, "in/a.jpg");
        var run = VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--find", "text", "--text-match", pattern).Exits(2);
        Assert.Contains("regular expression", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public void Matching_without_looking_for_text_is_a_mistake()
    {
        People.CopyTo(_folder, "in/a.jpg");
        var run = VeilProcess.Run("detect", _folder["in"], "-o", _folder["out.json"], "--text-match", "a").Exits(2);
        Assert.Contains("--find text", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_does_not_tell_the_pattern()
    {
        People.CopyTo(_folder, "in/a.jpg");
        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--find", "text", "--text-match", "Meierhuber").Exits(0);
        Assert.DoesNotContain("Meierhuber", File.ReadAllText(_folder["out/veil-report.json"]), StringComparison.Ordinal);
        Assert.Contains("1 pattern", File.ReadAllText(_folder["out/veil-report.json"]), StringComparison.Ordinal);
    }
}
