using Veil.Engine;
using Veil.Studio.Choosing;

namespace Veil.Studio.Tests.Choosing;

public sealed class StrengthScaleTests
{
    [Fact]
    public void Every_method_can_be_chosen_before_its_options_are_set()
    {
        foreach (var method in Catalogues.Methods.All)
        {
            Assert.True(StrengthScale.Of(method) is not { Steps.Count: < 2 }, method.Id);
        }

        Assert.Null(StrengthScale.Of(Catalogues.Methods.Find("ksame")));
        Assert.NotNull(StrengthScale.Of(Catalogues.Methods.Find("gaussian")));
    }
}
