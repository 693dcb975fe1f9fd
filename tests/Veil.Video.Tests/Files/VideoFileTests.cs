using System.Globalization;
using Veil.Errors;
using Veil.Regions;
using Veil.Video.Files;

namespace Veil.Video.Tests.Files;

public sealed class VideoFileTests : IDisposable
{
    private const string Fast = "-c:v libx264 -preset ultrafast";
    private const string Shown = "stream=codec_name,pix_fmt,color_range,color_space,color_transfer,color_primaries,chroma_location,field_order,sample_aspect_ratio";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FfmpegTheory]
    [InlineData("mp4", $"{Clip.Source} {Fast} -bf 2 -vf \"select='mod(n,3)+not(mod(n,7))',setpts=PTS*1.13\" -fps_mode passthrough -enc_time_base -1")]
    [InlineData("mkv", $"{Clip.Source} {Fast} -bf 2 -vf \"select='mod(n,3)+not(mod(n,7))',setpts=PTS*1.13\" -fps_mode passthrough -enc_time_base -1")]
    [InlineData("mp4", $"{Clip.Source} {Fast} -pix_fmt yuv420p10le")]
    [InlineData("mkv", $"{Clip.Source} -c:v libx265 -preset ultrafast -x265-params log-level=none -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc -color_range tv")]
    [InlineData("mp4", $"{Clip.Source} {Fast} -pix_fmt yuv420p -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv -chroma_sample_location topleft")]
    [InlineData("mp4", $"{Clip.Source} {Fast} -pix_fmt yuvj420p")]
    [InlineData("mkv", $"{Clip.Source} {Fast} -pix_fmt yuv422p")]
    [InlineData("mp4", "-f lavfi -i testsrc2=s=193x109:r=25:d=1 -pix_fmt yuv444p " + Fast)]
    [InlineData("webm", "-f lavfi -i testsrc2=s=193x109:r=25:d=1 -pix_fmt yuv420p -c:v libvpx-vp9 -deadline realtime -cpu-used 8")]
    [InlineData("mkv", $"{Clip.Source} -c:v libx264rgb -preset ultrafast -pix_fmt bgr0")]
    [InlineData("mkv", $"{Clip.Source} -c:v ffv1 -pix_fmt gray")]
    [InlineData("mp4", $"{Clip.Source} {Fast} -vf setfield=tff -flags +ilme+ildct")]
    [InlineData("mkv", $"{Clip.Source} {Fast} -vf setfield=bff -flags +ilme+ildct")]
    [InlineData("ts", $"{Clip.Source} -c:v mpeg2video -q:v 3 -vf setfield=tff -flags +ilme+ildct")]
    [InlineData("mp4", $"{Clip.Source} {Fast} -vf setsar=4/3")]
    [InlineData("avi", $"{Clip.Source} -c:v mpeg4 -q:v 3")]
    [InlineData("ts", $"{Clip.Source} {Fast} -bf 2")]
    [InlineData("mov", $"{Clip.Source} -c:v prores_ks")]
    public void Times_format_and_colours_of_the_input_are_the_output_s(string extension, string made)
    {
        var input = Clip.Make(_folder["in." + extension], made);
        var output = _folder["out." + extension];

        var result = Films.Process(input, output);

        Films.Succeeds(result);
        Assert.Equal(Clip.Times(input), Clip.Times(output));
        Assert.Equal(Clip.Probe(input, Shown), Clip.Probe(output, Shown));
        Assert.Equal(Clip.Times(input).Count, result.Tally.Frames);
        Assert.Equal(0, result.Tally.Damaged);
        AssertCovered(output, result.Info!.Width, result.Info.Height);
    }

    // So large that ffmpeg, which looks at five megabytes of raw frames, cannot tell their rate.
    private const string Large = "-f lavfi -i testsrc2=s=1280x720:r=25:d=0.24";
    private const string Coded = $"-pix_fmt yuv444p {Fast}";
    private const string Uneven = "-vf \"select='mod(n,3)+not(mod(n,7))',setpts=PTS*1.13\" -fps_mode passthrough -enc_time_base -1";

    [FfmpegTheory]
    [InlineData("mp4", $"{Large} {Coded}", "ultrafast")]
    [InlineData("mp4", $"{Large} {Coded} -bf 2", "veryfast")]
    [InlineData("mp4", $"{Large} {Coded} {Uneven}", "ultrafast")]
    [InlineData("mp4", $"{Large} -f lavfi -i sine=d=1 {Coded} -bf 2 -c:a aac {Uneven}", "veryfast")]
    [InlineData("mp4", $"{Large} -f lavfi -i sine=d=0.2 {Coded} -c:a aac", "veryfast")]
    [InlineData("mp4", $"{Large} {Coded} -frames:v 1", "ultrafast")]
    [InlineData("mov", $"{Large} {Coded} -bf 2", "veryfast")]
    [InlineData("mkv", $"{Large} -f lavfi -i sine=d=0.24 {Coded} -bf 2 -c:a aac", "veryfast")]
    [InlineData("webm", $"{Large} -pix_fmt yuv444p -c:v libvpx-vp9 -deadline realtime -cpu-used 8", "8")]
    public void The_last_frame_is_shown_too_however_large_frames_are(string extension, string made, string preset)
    {
        var input = Clip.Make(_folder["in." + extension], made);
        var output = _folder["out." + extension];

        Films.Succeeds(Films.Process(input, output, new VideoOptions { Preset = preset }));

        Assert.Equal(Clip.DecodedFrames(input), Clip.DecodedFrames(output));
        Assert.Equal(Clip.Times(input), Clip.Times(output));
        if (!made.Contains(Uneven, StringComparison.Ordinal) && Clip.DecodedFrames(input) > 1)
        {
            Assert.Equal(Clip.Probe(input, "stream=duration:stream_tags=DURATION"), Clip.Probe(output, "stream=duration:stream_tags=DURATION"));
        }
    }

    [FfmpegTheory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void A_rotated_film_comes_out_upright_and_covered_where_it_is_seen(int degrees)
    {
        var plain = Clip.Make(_folder["plain.mp4"], $"{Clip.Source} {Fast} -qp 0");
        var input = Clip.Make(_folder["in.mp4"], $"-i \"{plain}\" -c copy -metadata:s:v:0 rotate={degrees}");
        var output = _folder["out.mp4"];

        var result = Films.Process(input, output, face: _ => new Box(10, 10, 60, 60));

        Films.Succeeds(result);
        Assert.Equal(degrees == 180 ? (192, 108) : (108, 192), (result.Info!.Width, result.Info.Height));
        Assert.DoesNotContain("rotat", Clip.Probe(output, "stream_side_data=rotation:stream_tags=rotate"), StringComparison.Ordinal);
        Assert.Equal(Clip.Times(input), Clip.Times(output));
        var (before, after) = (Clip.Pixels(input, "gray"), Clip.Pixels(output, "gray"));
        Assert.Equal(before.Length, after.Length);
        AssertAlike(before, after, result.Info.Width, result.Info.Height, new Box(8, 8, 62, 62));
        AssertCovered(output, result.Info.Width, result.Info.Height, new Box(10, 10, 60, 60));
    }

    [FfmpegTheory]
    [InlineData("yuv420p", "ffv1")]
    [InlineData("yuv420p10le", "ffv1")]
    [InlineData("yuv422p", "ffv1")]
    [InlineData("gbrp", "ffv1")]
    [InlineData("yuva420p", "ffv1")]
    [InlineData("gray16le", "ffv1")]
    public void What_no_region_touches_passes_to_the_bit(string pixelFormat, string codec)
    {
        var input = Clip.Make(_folder["in.mkv"], $"-f lavfi -i testsrc2=s=193x109:r=25:d=0.5 -c:v {codec} -pix_fmt {pixelFormat}");

        Films.Succeeds(Films.Process(input, _folder["none.mkv"], new VideoOptions(), _ => null));
        Films.Succeeds(Films.Process(input, _folder["some.mkv"], new VideoOptions(), frame => frame.Index == 3 ? Films.Face : null));

        var before = Clip.Pixels(input, pixelFormat);
        Assert.Equal(before, Clip.Pixels(_folder["none.mkv"], pixelFormat));
        var after = Clip.Pixels(_folder["some.mkv"], pixelFormat);
        var size = before.Length / 13;
        Assert.NotEqual(before[(3 * size)..(4 * size)], after[(3 * size)..(4 * size)]);
        before.AsSpan(3 * size, size).Clear();
        after.AsSpan(3 * size, size).Clear();
        Assert.Equal(before, after);
    }

    [FfmpegTheory]
    [InlineData("mkv", "srt", "libopus")]
    [InlineData("mp4", "mov_text", "aac")]
    [InlineData("mov", "mov_text", "aac")]
    public void Sound_subtitles_chapters_languages_and_dispositions_stay(string extension, string subtitles, string codec)
    {
        var input = Rich(extension, subtitles, codec);
        var output = _folder["out." + extension];

        Films.Succeeds(Films.Process(input, output));

        foreach (var map in new[] { "0:a:0", "0:a:1", "0:s:0" })
        {
            Assert.Equal(Clip.PacketHash(input, map), Clip.PacketHash(output, map));
        }

        const string entries = "stream=codec_name:stream_disposition=default,dub,forced,comment:stream_tags=language";
        Assert.Equal(Clip.Probe(input, entries, "a"), Clip.Probe(output, entries, "a"));
        Assert.Equal(Clip.Probe(input, entries, "s"), Clip.Probe(output, entries, "s"));
        Assert.Equal(Clip.Times(input), Clip.Times(output));
        const string chapters = "chapter=start_time,end_time:chapter_tags=title";
        Assert.Equal(Clip.Probe(input, chapters), Clip.Probe(output, chapters));
        Assert.Contains("title=Two", Clip.Probe(output, chapters), StringComparison.Ordinal);
    }

    [FfmpegTheory]
    [InlineData("mkv", "srt", "libopus")]
    [InlineData("mp4", "mov_text", "aac")]
    [InlineData("mov", "mov_text", "aac")]
    public void Nothing_that_tells_place_device_date_or_author_stays(string extension, string subtitles, string codec)
    {
        var input = Rich(extension, subtitles, codec);
        var output = _folder["out." + extension];
        Assert.Contains("Secret", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(input)), StringComparison.Ordinal);

        Films.Succeeds(Films.Process(input, output));

        var bytes = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(output));
        Assert.DoesNotContain("Secret", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("+52.5", bytes, StringComparison.Ordinal);
        var tags = Clip.Run("ffprobe", $"-v error -show_entries format_tags:stream_tags -of default=nw=1 \"{output}\"");
        foreach (var unwanted in new[] { "creation_time", "location", "timecode", "TAG:title", "TAG:DATE", "com.apple", "Lavf5", "Lavc5" })
        {
            Assert.DoesNotContain(unwanted, tags, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("tmcd", bytes, StringComparison.Ordinal);
    }

    [FfmpegTheory]
    [InlineData("mp4", "mjpeg")]
    [InlineData("mp4", "png")]
    [InlineData("mkv", "mjpeg")]
    [InlineData("mkv", "png")]
    public void A_cover_is_anonymized_as_a_picture_of_its_own_and_put_back(string extension, string codec)
    {
        var cover = Clip.Make(_folder["cover." + (codec == "png" ? "png" : "jpg")], $"-f lavfi -i testsrc2=s=120x100 -frames:v 1 -c:v {codec} -f image2");
        var film = Clip.Make(_folder["film." + extension], $"{Clip.Source} -f lavfi -i sine=d=2 {Fast} -c:a aac");
        var input = Clip.Make(
            _folder["in." + extension],
            extension == "mkv"
                ? $"-i \"{film}\" -map 0 -c copy -attach \"{cover}\" -metadata:s:t mimetype=image/{(codec == "png" ? "png" : "jpeg")} -metadata:s:t filename=cover"
                : $"-i \"{film}\" -i \"{cover}\" -map 0 -map 1 -c copy -disposition:2 attached_pic");
        var output = _folder["out." + extension];

        var result = Films.Process(input, output, face: frame => frame.IsMoving ? null : new Box(20, 20, 60, 60));

        Films.Succeeds(result);
        Assert.Equal(["the cover picture is kept, 1 region of it covered"], result.Notes);
        Assert.Equal((50, 0), (result.Tally.Frames, result.Tally.Regions));
        const string shown = "stream=codec_name,width,height:stream_disposition=attached_pic";
        Assert.Equal(Clip.Probe(input, shown, "v:1"), Clip.Probe(output, shown, "v:1"));
        Assert.Contains("attached_pic=1", Clip.Probe(output, shown, "v:1"), StringComparison.Ordinal);
        Assert.Equal(Clip.PacketHash(input, "0:a:0"), Clip.PacketHash(output, "0:a:0"));
        Assert.Equal(Clip.Times(input), Clip.Times(output));
        var (before, after) = (CoverPixels(input), CoverPixels(output));
        for (var i = 0; i < before.Length; i++)
        {
            var (x, y) = (i % 120, i / 120);
            if (x is >= 22 and < 58 && y is >= 22 and < 58)
            {
                Assert.InRange(after[i], 0, 20);
            }
            else if (x is < 10 or > 70 || y is < 10 or > 70)
            {
                Assert.InRange(after[i] - before[i], -16, 16);
            }
        }

        Assert.DoesNotContain(_folder.Files(), file => file.Contains("veil-tmp", StringComparison.Ordinal));
    }

    [FfmpegTheory]
    [InlineData("mov")]
    [InlineData("webm")]
    public void A_cover_that_the_output_cannot_hold_is_left_out_and_told(string extension)
    {
        var film = Clip.Make(_folder["film.mp4"], $"{Clip.Source} {Fast}");
        var cover = Clip.Make(_folder["cover.jpg"], "-f lavfi -i testsrc2=s=120x100 -frames:v 1 -f image2");
        var input = Clip.Make(_folder["in.mp4"], $"-i \"{film}\" -i \"{cover}\" -map 0 -map 1 -c copy -disposition:1 attached_pic");

        var result = Films.Process(input, _folder["out." + extension]);

        Films.Succeeds(result);
        Assert.Equal(["the cover picture is left out"], result.Notes);
        Assert.Equal("codec_type=video\n", Clip.Run("ffprobe", $"-v error -show_entries stream=codec_type -of default=nw=1 \"{_folder["out." + extension]}\""));
    }

    [FfmpegFact]
    public void A_cover_that_does_not_decode_is_left_out_and_told()
    {
        var film = Clip.Make(_folder["film.mkv"], $"{Clip.Source} {Fast}");
        _folder.Write("cover.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        var input = Clip.Make(_folder["in.mkv"], $"-i \"{film}\" -map 0 -c copy -attach \"{_folder["cover.jpg"]}\" -metadata:s:t mimetype=image/jpeg -metadata:s:t filename=cover.jpg");

        var result = Films.Process(input, _folder["out.mkv"]);

        Films.Succeeds(result);
        Assert.Contains("the cover picture is left out", result.Notes);
        Assert.Equal("codec_type=video\n", Clip.Run("ffprobe", $"-v error -show_entries stream=codec_type -of default=nw=1 \"{_folder["out.mkv"]}\""));
    }

    [FfmpegFact]
    public void What_HDR10_says_about_a_film_stays_where_the_encoder_takes_it()
    {
        const string colours = "-color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc -pix_fmt yuv420p10le";
        const string display = "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):max-cll=1000,400";
        var input = Clip.Make(_folder["in.mkv"], $"{Clip.Source} -c:v libx265 -preset ultrafast {colours} -x265-params log-level=none:{display}");

        Films.Succeeds(Films.Process(input, _folder["out.mkv"]));
        var other = Films.Process(input, _folder["out.mp4"], new VideoOptions { Encoder = "libx264", Preset = "ultrafast" });

        const string entries = "frame_side_data=red_x,green_y,white_point_x,min_luminance,max_luminance,max_content,max_average";
        var (before, after) = (FirstFrame(input, entries), FirstFrame(_folder["out.mkv"], entries));
        Assert.Contains("max_content=1000", before, StringComparison.Ordinal);
        Assert.Contains("max_luminance=10000000/10000", before, StringComparison.Ordinal);
        Assert.Equal(Told(before), Told(after));
        Films.Succeeds(other);
        Assert.Contains(other.Notes, note => note.Contains("HDR10", StringComparison.Ordinal));

        static IEnumerable<string> Told(string frame) => frame.Split('\n').Where(line => line.Split('=')[0] is "red_x" or "green_y" or "white_point_x" or "min_luminance" or "max_luminance" or "max_content" or "max_average");
    }

    [FfmpegFact]
    public void Closed_captions_are_left_out_and_told()
    {
        // Two letters of a caption, as ATSC A/53 puts them into H.264, before each key frame.
        byte[] caption = [0, 0, 0, 1, 6, 4, 14, 0xB5, 0, 0x31, (byte)'G', (byte)'A', (byte)'9', (byte)'4', 3, 0xC1, 0xFF, 0xFC, 0x94, 0x20, 0xFF, 0x80];
        var plain = File.ReadAllBytes(Clip.Make(_folder["plain.h264"], $"{Clip.Source} {Fast} -g 10 -f h264"));
        var slices = Enumerable.Range(0, plain.Length - 3).Where(i => plain.AsSpan(i, 4).SequenceEqual(new byte[] { 0, 0, 1, 0x65 })).ToList();
        Assert.NotEmpty(slices);
        var bytes = new List<byte>(plain);
        foreach (var at in Enumerable.Reverse(slices))
        {
            bytes.InsertRange(at, caption);
        }

        var raw = _folder.Write("told.h264", [.. bytes]);
        var input = Clip.Make(_folder["in.mkv"], $"-r 25 -i \"{raw}\" -c copy");
        Assert.Contains("losed", FirstFrame(input, "frame_side_data=side_data_type"), StringComparison.Ordinal);

        var result = Films.Process(input, _folder["out.mkv"]);

        Films.Succeeds(result);
        Assert.Equal(["closed captions inside the pictures are left out"], result.Notes);
        Assert.DoesNotContain("losed", FirstFrame(_folder["out.mkv"], "frame_side_data=side_data_type"), StringComparison.Ordinal);
    }

    [FfmpegFact]
    public void Further_pictures_are_left_out_and_told()
    {
        var input = Clip.Make(
            _folder["in.mp4"],
            $"{Clip.Source} -f lavfi -i testsrc2=s=64x64:r=25:d=2 -f lavfi -i color=red:s=64x64:d=0.04 -map 0 -map 1 -map 2 {Fast} -c:v:2 mjpeg -pix_fmt:v:2 yuvj420p -disposition:v:2 attached_pic");

        var result = Films.Process(input, _folder["out.mp4"]);

        Films.Succeeds(result);
        Assert.Equal(["a further stream of pictures is left out", "the cover picture is kept, 1 region of it covered"], result.Notes);
        Assert.Equal("codec_type=video\ncodec_type=video\n", Clip.Run("ffprobe", $"-v error -show_entries stream=codec_type -of default=nw=1 \"{_folder["out.mp4"]}\""));
    }

    [FfmpegFact]
    public void Sound_that_begins_later_still_does()
    {
        var input = Clip.Make(_folder["in.mp4"], $"{Clip.Source} -itsoffset 1.5 -f lavfi -i sine=d=2 {Fast} -bf 2 -c:a aac");

        Films.Succeeds(Films.Process(input, _folder["out.mp4"]));

        Assert.Equal(Clip.Times(input), Clip.Times(_folder["out.mp4"]));
        Assert.Equal(Clip.Probe(input, "stream=start_time", "a:0"), Clip.Probe(_folder["out.mp4"], "stream=start_time", "a:0"));
    }

    [FfmpegFact]
    public void A_part_begins_and_ends_where_it_was_asked_for()
    {
        var input = Clip.Make(_folder["in.mp4"], $"{Clip.Source} -f lavfi -i sine=d=2 {Fast} -bf 2 -g 25 -c:a aac");

        var result = Films.Process(input, _folder["out.mp4"], new VideoOptions { Start = TimeSpan.FromSeconds(0.52), End = TimeSpan.FromSeconds(1.52) });

        Films.Succeeds(result);
        Assert.Equal(25, result.Tally.Frames);
        Assert.Equal((0m, 0.96m), (Seconds(Clip.Times(_folder["out.mp4"])[0]), Seconds(Clip.Times(_folder["out.mp4"])[^1])));
        var sound = Clip.Probe(_folder["out.mp4"], "stream=duration", "a:0").Trim().Split('=')[1];
        Assert.InRange(Seconds(sound), 0.9m, 1.1m);
        var packets = Clip.Probe(_folder["out.mp4"], "packet=pts_time", "a:0").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Seconds(line.Split('=')[1]));
        Assert.All(packets, time => Assert.True(time >= 0, $"sound from before the start, at {time}"));
    }

    [FfmpegFact]
    public void A_rate_that_is_asked_for_is_kept()
    {
        var input = Clip.Make(_folder["in.mp4"], $"{Clip.Source} {Fast}");

        var result = Films.Process(input, _folder["out.mp4"], new VideoOptions { FrameRate = FrameRate.Parse("12.5") });

        Films.Succeeds(result);
        var times = Clip.Times(_folder["out.mp4"]).Select(Seconds).ToList();
        Assert.Equal(25, times.Count);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(0.08m, pair.Second - pair.First));
    }

    [FfmpegTheory]
    [InlineData("webm", "vp9")]
    [InlineData("mkv", "h264")]
    [InlineData("mov", "h264")]
    public void Another_container_gets_a_codec_that_it_takes(string extension, string codec)
    {
        var input = Clip.Make(_folder["in.mp4"], $"{Clip.Source} {Fast}");

        Films.Succeeds(Films.Process(input, _folder["out." + extension]));

        Assert.Equal($"codec_name={codec}\n", Clip.Probe(_folder["out." + extension], "stream=codec_name"));
    }

    [FfmpegTheory]
    [InlineData("25", 25.0)]
    [InlineData("29.97", 29.97)]
    [InlineData("30000/1001", 29.97002997)]
    public void Rates_are_read(string text, double rate) =>
        Assert.Equal(rate, FrameRate.Parse(text) is { } read ? (double)read.Numerator / read.Denominator : 0, 6);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("25/0")]
    [InlineData("1e3")]
    [InlineData("25,fps=1")]
    [InlineData("2000")]
    public void What_is_no_rate_is_refused(string text) => Assert.Null(FrameRate.Parse(text));

    [FfmpegFact]
    public void Settings_that_cannot_work_are_refused_beforehand()
    {
        foreach (var options in new[]
        {
            new VideoOptions { Encoder = "nosuchencoder" }, new VideoOptions { Encoder = "libx264", Preset = "swift" }, new VideoOptions { Crf = 99 },
            new VideoOptions { Start = TimeSpan.FromSeconds(2), End = TimeSpan.FromSeconds(1) },
        })
        {
            Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(options.Check).Code);
        }

        new VideoOptions { Encoder = "libx264", Preset = "fast", Crf = 20 }.Check();
    }

    private static string FirstFrame(string film, string entries) =>
        Clip.Run("ffprobe", $"-v error -select_streams v:0 -read_intervals %+#1 -show_frames -show_entries {entries} -of default=nw=1 \"{film}\"");

    private static byte[] CoverPixels(string film)
    {
        var raw = film + ".gray";
        Clip.Run("ffmpeg", $"-v error -y -i \"{film}\" -map 0:v:1 -frames:v 1 -pix_fmt gray -f rawvideo \"{raw}\"");
        var pixels = File.ReadAllBytes(raw);
        File.Delete(raw);
        return pixels;
    }

    private static decimal Seconds(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The box is black in every frame.</summary>
    private static void AssertCovered(string path, int width, int height, Box? box = null)
    {
        var pixels = Clip.Pixels(path, "gray");
        var (left, top, right, bottom) = box ?? Films.Face;
        for (var frame = 0; frame < pixels.Length / (width * height); frame++)
        {
            for (var y = (int)top + 2; y < (int)bottom - 2; y++)
            {
                var row = pixels.AsSpan((((frame * height) + y) * width) + (int)left + 2, (int)(right - left) - 4);
                Assert.True(row.IndexOfAnyExceptInRange((byte)0, (byte)30) < 0, $"frame {frame}, row {y}");
            }
        }
    }

    private static void AssertAlike(byte[] before, byte[] after, int width, int height, Box but)
    {
        for (var i = 0; i < before.Length; i++)
        {
            var (x, y) = (i % width, i / width % height);
            if (x < but.Left || x >= but.Right || y < but.Top || y >= but.Bottom)
            {
                Assert.True(Math.Abs(before[i] - after[i]) < 24, $"({x}, {y}) of frame {i / width / height}: {before[i]}, {after[i]}");
            }
        }
    }

    private string Rich(string extension, string subtitles, string codec)
    {
        _folder.Write("s.srt", "1\n00:00:00,000 --> 00:00:01,000\nhello\n"u8);
        _folder.Write("m.txt", ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=One\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=1000\nEND=2000\ntitle=Two\n"u8);
        var more = extension == "mkv" ? "" : "-timecode 01:00:00:00 -movflags use_metadata_tags";
        return Clip.Make(
            _folder["in." + extension],
            $"{Clip.Source} -f lavfi -i sine=d=2 -f lavfi -i sine=f=900:d=2 -i \"{_folder["s.srt"]}\" -i \"{_folder["m.txt"]}\" -map 0 -map 1 -map 2 -map 3 -map_chapters 4 "
            + $"{Fast} -bf 2 -c:a {codec} -c:s {subtitles} -metadata:s:a:0 language=ger -metadata:s:a:1 language=fra -metadata:s:s:0 language=eng -disposition:a:0 0 -disposition:a:1 default "
            + "-metadata title=\"Secret film\" -metadata location=+52.5000+013.4000/ -metadata creation_time=2024-01-01T00:00:00 -metadata com.apple.quicktime.model=SecretPhone "
            + $"-metadata:s:v:0 handler_name=SecretCamera -metadata:s:a:0 title=SecretVoice {more}");
    }
}
