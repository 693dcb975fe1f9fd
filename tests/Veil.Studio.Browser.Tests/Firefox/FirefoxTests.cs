using Veil.Studio.Browser.Tests.Films;
using Veil.Studio.Browser.Tests.Journeys;
using Veil.Studio.Browser.Tests.Live;

namespace Veil.Studio.Browser.Tests.Firefox;

/// <summary>What matters most, in Firefox each time it is there. All else runs in it when asked: <c>VEIL_BROWSER=firefox ./test Veil.Studio.Browser</c>.</summary>
[Collection(FirefoxBrowser.Collection)]
public sealed class FirefoxTests(FirefoxBrowser browser)
{
    [FirefoxFact]
    public Task Everyone_but_you_is_hidden() => new HolidayTests(browser).Everyone_but_you_is_hidden_in_photos_and_a_clip();

    [FirefoxFact]
    public Task A_film_plays_and_shows_exactly_the_frame_that_is_asked_for() => new FilmReviewTests(browser).It_plays_and_shows_exactly_the_frame_that_is_asked_for();

    [FirefoxFact]
    public Task The_camera_is_covered() => new LivePageTests(browser).The_camera_is_shown_covered_recorded_covered_and_stopped();
}
