using System.Diagnostics;
using System.Globalization;
using Veil.LivePage;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return args switch
{
    ["transport", var program, var clip, var seconds] => await Measurements.TransportAsync(program, clip, int.Parse(seconds, CultureInfo.InvariantCulture)),
    ["changes", var clip, .. var programs] when programs.Length > 0 => await Measurements.ChangesAsync(clip, programs),
    ["coding", var program, var clip, .. var pictures] => await Measurements.CodingAsync(program, clip, pictures),
    ["command", var program, var clip, var seconds] => await Measurements.CommandAsync(program, clip, int.Parse(seconds, CultureInfo.InvariantCulture)),
    ["recording", var program, var clip, var seconds] => await Measurements.RecordingAsync(program, clip, int.Parse(seconds, CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        The live page in Chromium, whose camera plays a clip (.mjpeg or .y4m).
          transport VEIL.DLL CLIP SECONDS       frames as the page sends them, and as JPEG: rate, delay, processor time
          changes CLIP VEIL.DLL...              the longest time without a covered picture around changes of choice, by program
          coding VEIL.DLL CLIP [PICTURE...]     what coding a frame takes in the browser; PICTUREs coded in it are stored beside them
          command VEIL.DLL CLIP SECONDS         processor time of 'veil live' with the same clip as a file
          recording VEIL.DLL CLIP SECONDS       memory of browser and studio while recording
        """);
    return 2;
}
