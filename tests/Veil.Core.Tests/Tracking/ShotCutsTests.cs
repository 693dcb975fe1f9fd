using Veil.Tracking;

namespace Veil.Tests.Tracking;

public sealed class ShotCutsTests
{
    private readonly Film _film = new(240, 96, 48);

    [Fact]
    public void Another_scene_is_a_cut_and_motion_is_none()
    {
        Assert.True(ShotCuts.Between(_film.Frame(4), _film.Frame(5, ground: 1)));
        Assert.False(ShotCuts.Between(_film.Frame(4), _film.Frame(5)));
        Assert.False(ShotCuts.Between(_film.Frame(4), _film.Frame(24)));
    }

    [Fact]
    public void The_same_picture_is_wholly_alike()
    {
        var (correlation, difference) = ShotCuts.Compare(_film.Frame(4), _film.Frame(4));

        Assert.Equal(1, correlation, 4);
        Assert.Equal(0, difference);
    }
}
