using Veil.Studio.Browser.Tests.Live;

namespace Veil.Studio.Browser.Tests.Firefox;

/// <summary>Firefox, whatever browser the other tests run in.</summary>
public sealed class FirefoxBrowser : CameraBrowser
{
    /// <summary>The collection that tests belong to.</summary>
    public new const string Collection = "Firefox";

    /// <inheritdoc/>
    internal override BrowserKind Kind => BrowserKind.Firefox;
}

/// <summary>Shares Firefox among its tests, which run beside no others.</summary>
[CollectionDefinition(FirefoxBrowser.Collection, DisableParallelization = true)]
public sealed class TestsInFirefox : ICollectionFixture<FirefoxBrowser>;

/// <summary>A test that needs Firefox; it skips, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FirefoxFactAttribute : FactAttribute
{
    /// <summary>Looks for it.</summary>
    public FirefoxFactAttribute() =>
        Skip = BrowserKind.Firefox.Missing ?? CameraBrowser.MissingClip ?? (BrowserKind.Asked == BrowserKind.Firefox ? "runs in Firefox with all the others" : null);
}
