using Veil.Video.Ffmpeg;

namespace Veil.Video.Tests.Ffmpeg;

public sealed class DecoderLogTests
{
    private const int Suspected = 48;

    private readonly DecoderLog _log = new();

    [Fact]
    public void Frames_are_sound_while_nothing_is_said() => Assert.All(Name(60, keyEvery: 10), damaged => Assert.False(damaged));

    [Theory]
    [InlineData("[h264 @ 0x1] [error] error while decoding MB 18 12, bytestream 154")]
    [InlineData("[h264 @ 0x1] [info] concealing 91 DC, 91 AC, 91 MV errors in B frame")]
    [InlineData("[warning] in.ts: corrupt input packet in stream 0")]
    [InlineData("[error] Error while decoding stream #0:0: Invalid data found when processing input")]
    public void After_a_complaint_frames_are_suspected_up_to_a_key_frame_that_surely_came_later(string complaint)
    {
        Assert.All(Name(3, keyEvery: 10), damaged => Assert.False(damaged));

        _log.Hear(complaint);

        var after = Name(80, keyEvery: 10);
        Assert.All(after.Take(50), damaged => Assert.True(damaged));
        Assert.All(after.Skip(50), damaged => Assert.False(damaged));
        Assert.True(Suspected <= 50 && _log.Complained);
    }

    [Fact]
    public void Without_a_key_frame_they_stay_suspected()
    {
        _log.Hear("[hevc @ 0x1] [error] Could not find ref with POC 12");

        Assert.All(Name(300, keyEvery: 1000), damaged => Assert.True(damaged));
    }

    [Fact]
    public void A_frame_that_the_log_does_not_name_is_suspected() => Assert.True(_log.IsNextDamaged(Task.CompletedTask, CancellationToken.None));

    [Fact]
    public void Only_complaints_are_kept_for_people()
    {
        Assert.Null(_log.Hear("[info] Stream #0:0: Video: h264"));
        Assert.Null(_log.Hear("[swscaler @ 0x1] [warning] deprecated pixel format used"));
        Assert.False(_log.Complained);
        Assert.Equal("No such file or directory", _log.Hear("[fatal] No such file or directory"));
    }

    private List<bool> Name(int count, int keyEvery)
    {
        var result = new List<bool>();
        for (var i = 0; i < count; i++)
        {
            var key = i % keyEvery == 0 && i > 0;
            _log.Hear($"[Parsed_showinfo_0 @ 0x1] [info] n: {i,3} pts: {i * 512,6} pts_time:1 pos: 41784 fmt:yuv420p sar:1/1 s:320x240 i:P iskey:{(key ? 1 : 0)} type:{(key ? 'I' : 'P')} ");
            result.Add(_log.IsNextDamaged(Task.CompletedTask, CancellationToken.None));
        }

        return result;
    }
}
