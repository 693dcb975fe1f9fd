using System.Globalization;
using System.Text.Json;

namespace Veil.Regions;

/// <summary>Writes regions as JSON: <c>{"box":[left,top,right,bottom],"kind":"face","score":0.98,"origin":{…},…}</c>.</summary>
public static class RegionJson
{
    /// <summary>Writes a property <c>"regions"</c> with every region of a frame.</summary>
    public static void WriteAll(Utf8JsonWriter json, IReadOnlyList<Region> regions, RegionDetail detail = RegionDetail.Complete)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(regions);
        json.WriteStartArray("regions");
        foreach (var region in regions)
        {
            Write(json, region, detail);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes one region as an object. Coordinates are pixel edges of the upright picture.</summary>
    public static void Write(Utf8JsonWriter json, Region region, RegionDetail detail = RegionDetail.Complete)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(region);
        json.WriteStartObject();
        WriteBox(json, "box", region.Box);
        json.WriteString("kind", NameOf(region.Kind));
        json.WriteNumber("score", (double)Math.Round((decimal)region.Score, 4));
        json.WriteStartObject("origin");
        json.WriteString("source", NameOf(region.Origin.Source));
        if (region.Origin.Name.Length > 0)
        {
            json.WriteString("name", region.Origin.Name);
        }

        json.WriteEndObject();
        if (region.Track is { } track)
        {
            json.WriteNumber("track", track);
        }

        if (region.Reference is { } reference)
        {
            WriteBox(json, "reference", reference);
        }

        if (region.Person is { } person)
        {
            json.WriteNumber("person", person);
        }

        if (region.Landmarks is { } landmarks)
        {
            json.WriteStartArray("landmarks");
            foreach (var point in landmarks.Points)
            {
                WritePoint(json, point.X, point.Y);
            }

            json.WriteEndArray();
        }

        if (region.Points is { } points && detail == RegionDetail.Complete)
        {
            WritePoints(json, points);
        }

        if (!region.Outline.IsDefaultOrEmpty)
        {
            json.WriteStartArray("outline");
            foreach (var point in region.Outline)
            {
                WritePoint(json, point.X, point.Y);
            }

            json.WriteEndArray();
        }

        if (region.Mask is { } mask && detail == RegionDetail.Complete)
        {
            WriteMask(json, mask);
        }

        json.WriteEndObject();
    }

    /// <summary>The name of an enumeration value in JSON: its own in lower case.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum =>
#pragma warning disable CA1308 // Names in files are lower case.
        value.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    private static void WriteBox(Utf8JsonWriter json, string name, Box box)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(Decimals(box.Left));
        json.WriteNumberValue(Decimals(box.Top));
        json.WriteNumberValue(Decimals(box.Right));
        json.WriteNumberValue(Decimals(box.Bottom));
        json.WriteEndArray();
    }

    private static void WritePoint(Utf8JsonWriter json, float x, float y)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Decimals(x));
        json.WriteNumberValue(Decimals(y));
        json.WriteEndArray();
    }

    /// <summary>Hundreds of points go on one line, also where the rest is indented.</summary>
    private static void WritePoints(Utf8JsonWriter json, FacePoints points)
    {
        json.WriteStartObject("points");
        json.WriteString("layout", NameOf(points.Layout));
        json.WritePropertyName("coordinates");
        var numbers = points.Points.SelectMany(point => new[] { Decimals(point.X), Decimals(point.Y) });
        json.WriteRawValue($"[{string.Join(",", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]");
        json.WriteEndObject();
    }

    /// <summary>Pairs of run length and coverage, row after row of the bounds; on one line, as points are.</summary>
    private static void WriteMask(Utf8JsonWriter json, RegionMask mask)
    {
        var runs = mask.Runs().Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Length},{run.Coverage}"));
        json.WriteStartObject("mask");
        json.WritePropertyName("bounds");
        json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"[{mask.Bounds.Left},{mask.Bounds.Top},{mask.Bounds.Right},{mask.Bounds.Bottom}]"));
        json.WritePropertyName("runs");
        json.WriteRawValue($"[{string.Join(',', runs)}]");
        json.WriteEndObject();
    }

    // A hundredth of a pixel is below any detector's accuracy and keeps files small and stable.
    // As a double, for a decimal remembers its zeros: what is read and written again must not change.
    private static double Decimals(float value) => (double)Math.Round((decimal)value, 2);

    /// <summary>The coordinate as it comes back after it was written and read.</summary>
    internal static float Rounded(float value) => (float)Decimals(value);
}
