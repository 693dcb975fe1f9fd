using Veil.Errors;
using Veil.Pipeline.Isolation.Sandbox;

namespace Veil.Tests.Pipeline.Isolation.Sandbox;

public sealed class SandboxSupportTests
{
    [Theory]
    [InlineData(SandboxMode.None, SandboxLayers.All, SandboxLayers.None)]
    [InlineData(SandboxMode.Auto, SandboxLayers.All, SandboxLayers.All)]
    [InlineData(SandboxMode.Auto, SandboxLayers.SystemCalls, SandboxLayers.SystemCalls)]
    [InlineData(SandboxMode.Auto, SandboxLayers.None, SandboxLayers.None)]
    [InlineData(SandboxMode.Required, SandboxLayers.All, SandboxLayers.All)]
    public void A_mode_stands_for_what_the_kernel_has(SandboxMode mode, SandboxLayers here, SandboxLayers layers) => Assert.Equal(layers, SandboxSupport.For(mode, here));

    [Theory]
    [InlineData(SandboxLayers.None)]
    [InlineData(SandboxLayers.SystemCalls)]
    [InlineData(SandboxLayers.Files | SandboxLayers.SystemCalls)]
    public void What_is_required_and_not_here_is_refused(SandboxLayers here) =>
        Assert.Equal(VeilErrorCode.MissingNative, Assert.Throws<VeilException>(() => SandboxSupport.For(SandboxMode.Required, here)).Code);

    [Fact]
    public void A_policy_comes_back_as_it_was_written()
    {
        var policy = new SandboxPolicy(SandboxLayers.All, "/tmp/of its own", ["/usr/bin/ffmpeg"], ["/usr", "/path with w r x "], ["/out"]);

        var back = SandboxPolicy.Parse(policy.Text);

        Assert.Equal((policy.Layers, policy.Temporary), (back.Layers, back.Temporary));
        Assert.Equal([policy.Runnable, policy.Readable, policy.Writable], new[] { back.Runnable, back.Readable, back.Writable });
        Assert.Throws<VeilException>(() => (policy with { Readable = ["/one\nw /"] }).Text);
    }

    [SandboxTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(99)]
    public void Rules_are_made_of_the_rights_that_a_version_knows(int version)
    {
        using var rules = new LandlockRuleset(version);

        rules.Allow(Path.GetTempPath(), FileRights.ReadAndWrite);
        rules.Allow("/bin/true", FileRights.Read | FileRights.Execute);
        rules.Allow("/nowhere", FileRights.Read);
    }
}
