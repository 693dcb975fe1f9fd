using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Tests.Pipeline;

public sealed class RegionsByMotionTests
{
    private static readonly MediaItem Item = new("nowhere", "item", MediaItemOrigin.Named);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stills_and_films_are_looked_at_by_their_own_and_the_other_is_never_made(bool moving)
    {
        var (made, gone) = (new List<string>(), new List<string>());
        using (var provider = new RegionsByMotion(() => new Named("stills", made, gone), () => new Named("films", made, gone)))
        {
            using var frame = new Some(moving);
            provider.Find(Item, frame, default);
            provider.Find(Item, frame, default);
            provider.Complete(Item, 2);
        }

        Assert.Equal([moving ? "films" : "stills"], made);
        Assert.Equal(made, gone);
    }

    private sealed class Some(bool moving) : Frame(new PixelBuffer(2, 2, PixelFormat.Rgb24), 0, TimeSpan.Zero)
    {
        public override bool IsMoving => moving;
    }

    private sealed class Named : IRegionProvider
    {
        private readonly string _name;
        private readonly List<string> _gone;

        public Named(string name, List<string> made, List<string> gone)
        {
            (_name, _gone) = (name, gone);
            made.Add(name);
        }

        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) => [];

        public void Dispose() => _gone.Add(_name);
    }
}
