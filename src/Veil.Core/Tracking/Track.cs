using System.Numerics;
using Veil.Regions;

namespace Veil.Tracking;

/// <summary>One person's face through consecutive frames. Not thread-safe.</summary>
/// <param name="id">Its number.</param>
/// <param name="first">The first frame.</param>
/// <param name="detection">What was found there.</param>
internal sealed class Track(int id, int first, Region detection)
{
    /// <summary>Reference sizes are powers of this.</summary>
    private const float SizeStep = 1.25f;

    /// <summary>A reference stays while it is this many times too large at most: more than a step, so that it does not go to and fro.</summary>
    private const float LargestSurplus = 1.4f;

    /// <summary>
    /// The face may move by this share of its size around the middle of its reference. Trembling ends there, so that a grid does
    /// not slide over a face that stays; one that moves on drags the reference along, at an even distance.
    /// </summary>
    private const float Play = 1 / 32f;

    /// <summary>Found so often, it is no detector's single mistake.</summary>
    private const int SureDetections = 2;

    /// <summary>Found with such a score, it need not be found twice.</summary>
    private const float SureScore = 0.7f;

    private readonly List<Sight> _sights = [new(SightKind.Detected, detection.Box)];
    private readonly List<(int Frame, Region Region)> _detections = [(first, detection)];
    private Vector2 _reference;
    private Vector2? _middle;
    private int _found = 1;
    private float _best = detection.Score;

    /// <summary>True when there is more evidence of it than a single doubtful detection or two.</summary>
    public bool IsSure => _found >= SureDetections || _best >= SureScore;

    /// <summary>Its number.</summary>
    public int Id => id;

    /// <summary>What it shows.</summary>
    public RegionKind Kind => detection.Kind;

    /// <summary>The first frame with a place.</summary>
    public int First { get; private set; } = first;

    /// <summary>The last frame with a place.</summary>
    public int Last => First + _sights.Count - 1;

    /// <summary>The last frame in which it was detected.</summary>
    public int LastDetected => _detections[^1].Frame;

    /// <summary>Frames in a row at the end in which nothing was seen of it.</summary>
    public int Coasting { get; private set; }

    /// <summary>Movement of the centre from frame to frame, pixels.</summary>
    public Vector2 Velocity { get; private set; }

    /// <summary>Its place in a frame, or null.</summary>
    public Sight? At(int frame) => frame >= First && frame <= Last ? _sights[frame - First] : null;

    /// <summary>The place in the next frame by its movement alone.</summary>
    public Box Expected() => _sights[^1].Box.Offset(Velocity.X, Velocity.Y);

    /// <summary>Adds the next frame's place.</summary>
    public void Append(Sight sight)
    {
        // Halfway to the newest movement: detectors' boxes tremble.
        var last = _sights[^1].Box;
        var moved = new Vector2(sight.Box.CenterX - last.CenterX, sight.Box.CenterY - last.CenterY);
        Velocity = sight.Kind == SightKind.Coasted ? Velocity * 0.8f : Vector2.Lerp(Velocity, moved, 0.5f);
        Coasting = sight.Kind == SightKind.Coasted ? Coasting + 1 : 0;
        _sights.Add(sight);
    }

    /// <summary>Says that the last frame's place was detected, and draws the frames since the last detection towards both.</summary>
    public void Detect(Region found)
    {
        var (from, to) = (LastDetected, Last);
        _sights[^1] = new Sight(SightKind.Detected, found.Box);
        Coasting = 0;
        if (to - from > 1)
        {
            var (start, end) = (_detections[^1].Region.Box, found.Box);
            for (var frame = Math.Max(from + 1, First); frame < to; frame++)
            {
                var between = Between(start, end, (frame - from) / (float)(to - from));
                var followed = _sights[frame - First];
                _sights[frame - First] = followed with { Box = followed.Kind == SightKind.Coasted ? between : followed.Box.Union(between) };
            }

            Velocity = new Vector2(end.CenterX - start.CenterX, end.CenterY - start.CenterY) / (to - from);
        }

        _detections.Add((to, found));
        (_found, _best) = (_found + 1, Math.Max(_best, found.Score));
    }

    /// <summary>Adds a place before the first.</summary>
    public void Prepend(Sight sight)
    {
        _sights.Insert(0, sight);
        First--;
    }

    /// <summary>Takes over a later track that shows the same; its places win where both have one, and the gap between is filled.</summary>
    public void Join(Track later)
    {
        var (from, start) = (LastDetected, _detections[^1].Region.Box);
        var (to, end) = (later._detections[0].Frame, later._detections[0].Region.Box);
        for (var frame = Math.Max(from + 1, First); frame <= later.Last; frame++)
        {
            var own = At(frame);
            var its = later.At(frame);
            var sight = its ?? own ?? new Sight(SightKind.Coasted, Between(start, end, (frame - from) / (float)(to - from)));
            if (frame < to)
            {
                sight = sight with { Box = Between(start, end, (frame - from) / (float)(to - from)).Union(sight.Box) };
            }

            if (own is null)
            {
                _sights.Add(sight);
            }
            else
            {
                _sights[frame - First] = sight;
            }
        }

        _detections.AddRange(later._detections);
        (_found, _best) = (_found + later._found, Math.Max(_best, later._best));
        (Velocity, Coasting) = (later.Velocity, later.Coasting);
    }

    /// <summary>Forgets frames that nobody will ask for; at least one place stays.</summary>
    public void ForgetBefore(int frame)
    {
        var count = Math.Clamp(frame - First, 0, _sights.Count - 1);
        _sights.RemoveRange(0, count);
        First += count;
        while (_detections.Count > 1 && _detections[1].Frame <= frame)
        {
            _detections.RemoveAt(0);
        }
    }

    /// <summary>The mean of the boxes around a frame.</summary>
    /// <param name="frame">A frame with a place.</param>
    /// <param name="reach">How many frames on each side at most.</param>
    public Box Mean(int frame, int reach)
    {
        // As many before as after, so that the mean of something moving lies where it is.
        reach = Math.Min(reach, Math.Min(frame - First, Last - frame));
        var (sum, count) = (default(Box), 0);
        for (var near = frame - reach; near <= frame + reach; near++)
        {
            var box = _sights[near - First].Box;
            sum = new Box(sum.Left + box.Left, sum.Top + box.Top, sum.Right + box.Right, sum.Bottom + box.Bottom);
            count++;
        }

        return sum.Scale(1f / count, 1f / count);
    }

    /// <summary>
    /// What strengths and grids refer to: a box around the same place that stays as it is while the region trembles or grows a
    /// little. To be asked for frame after frame.
    /// </summary>
    /// <param name="frame">A frame with a place.</param>
    /// <param name="box">The region there.</param>
    /// <param name="reach">How many frames on each side its place is the mean of.</param>
    public Box ReferenceFor(int frame, Box box, int reach)
    {
        var mean = Mean(frame, reach);
        _reference = new Vector2(Steady(_reference.X, box.Width), Steady(_reference.Y, box.Height));
        var (now, play) = (new Vector2(mean.CenterX, mean.CenterY), _reference * Play);
        var middle = Vector2.Clamp(_middle ?? now, now - play, now + play);
        _middle = middle;
        return new Box(middle.X - (_reference.X / 2), middle.Y - (_reference.Y / 2), middle.X + (_reference.X / 2), middle.Y + (_reference.Y / 2));
    }

    /// <summary>The detection nearest in time: its score, landmarks and origin stand for the frames around it.</summary>
    public (int Frame, Region Region) NearestDetection(int frame) => _detections.MinBy(one => Math.Abs(one.Frame - frame));

    /// <summary>
    /// What is known of the shape in a frame: its own detection, or those before and after it where both are near; empty where
    /// nobody looked closely, since arms and legs move.
    /// </summary>
    /// <param name="frame">A frame with a place.</param>
    /// <param name="reach">How many frames away a detection may be.</param>
    public IReadOnlyList<Region> DetectionsAround(int frame, int reach)
    {
        var (before, after) = (_detections.FindLast(one => one.Frame <= frame), _detections.Find(one => one.Frame >= frame));
        return before.Region is null || after.Region is null || frame - before.Frame > reach || after.Frame - frame > reach ? []
            : before.Frame == frame ? [before.Region]
            : [before.Region, after.Region];
    }

    /// <summary>
    /// The last detection up to a frame and the first from it on that say something, where both are near: a head is stiff, so
    /// that its points may be told between two frames.
    /// </summary>
    /// <param name="frame">A frame with a place.</param>
    /// <param name="longest">How many frames may lie from one to the other.</param>
    /// <param name="says">What they have to say.</param>
    /// <returns>The same detection twice where the frame's own says it; null where one is missing.</returns>
    public ((int Frame, Region Region) Before, (int Frame, Region Region) After)? Around(int frame, int longest, Func<Region, bool> says)
    {
        var (before, after) = (_detections.FindLast(one => one.Frame <= frame && says(one.Region)), _detections.Find(one => one.Frame >= frame && says(one.Region)));
        return before.Region is null || after.Region is null || after.Frame - before.Frame > longest ? null : (before, after);
    }

    /// <summary>The length as it was, unless what it stands for has outgrown it or fallen far below.</summary>
    private static float Steady(float before, float now) =>
        now <= before && now * LargestSurplus >= before ? before : MathF.Pow(SizeStep, MathF.Ceiling(MathF.Log(MathF.Max(now, 1), SizeStep)));

    private static Box Between(Box a, Box b, float part) => new(
        float.Lerp(a.Left, b.Left, part), float.Lerp(a.Top, b.Top, part), float.Lerp(a.Right, b.Right, part), float.Lerp(a.Bottom, b.Bottom, part));
}
