using System.Text.Json;
using Veil.Pipeline;

namespace Veil.Evaluation.Reports.Files;

/// <summary>A chart as data: part of the JSON, and what the page draws from.</summary>
internal static class ChartJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, ReportChart chart)
    {
        json.WriteStartObject();
        json.WriteString("kind", Kind(chart));
        json.WriteString("caption", chart.Caption);
        WriteAxis(json, "x", chart.X);
        WriteAxis(json, "y", chart.Y);
        switch (chart)
        {
            case ScatterChart scatter:
                WriteSeries(json, scatter.Series);
                WriteLines(json, scatter.Lines);
                break;
            case LineChart line:
                WriteSeries(json, line.Series);
                break;
            case BarChart bars:
                WriteBars(json, bars.Bars);
                WriteLines(json, bars.Lines);
                break;
            case HeatMap map:
                WriteMap(json, map);
                break;
            default:
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>How the values of a map are shown: its contract names none, so the values say it.</summary>
    public static ReportFormat FormatOf(HeatMap map)
    {
        var values = map.Values.SelectMany(row => row).Where(double.IsFinite).ToList();
        return values.TrueForAll(double.IsInteger) ? ReportFormat.Count
            : values.TrueForAll(value => value is >= 0 and <= 1) ? ReportFormat.Share
            : ReportFormat.Number;
    }

    private static string Kind(ReportChart chart) => chart switch
    {
        ScatterChart => "scatter",
        LineChart => "line",
        BarChart => "bars",
        HeatMap => "heatMap",
        _ => throw new ArgumentOutOfRangeException(nameof(chart), chart, "Expected a known kind of chart."),
    };

    private static void WriteAxis(Utf8JsonWriter json, string name, ReportAxis axis)
    {
        json.WriteStartObject(name);
        json.WriteString("name", axis.Name);
        json.WriteString("format", JsonNames.Of(axis.Format));
        json.WriteString("scale", JsonNames.Of(axis.Scale));
        json.WriteEndObject();
    }

    private static void WriteSeries(Utf8JsonWriter json, IReadOnlyList<ChartSeries> series)
    {
        json.WriteStartArray("series");
        foreach (var one in series)
        {
            json.WriteStartObject();
            json.WriteString("name", one.Name);
            json.WriteString("style", JsonNames.Of(one.Style));
            json.WriteStartArray("points");
            foreach (var point in one.Points)
            {
                json.WriteStartObject();
                JsonNames.WriteNumber(json, "x", point.X);
                JsonNames.WriteNumber(json, "y", point.Y);
                if (point.Label is { Length: > 0 })
                {
                    json.WriteString("label", point.Label);
                }

                WriteMargin(json, "marginX", point.MarginX);
                WriteMargin(json, "marginY", point.MarginY);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBars(Utf8JsonWriter json, IReadOnlyList<ChartBar> bars)
    {
        json.WriteStartArray("bars");
        foreach (var bar in bars)
        {
            json.WriteStartObject();
            json.WriteString("name", bar.Name);
            JsonNames.WriteNumber(json, "value", bar.Value);
            WriteMargin(json, "margin", bar.Margin);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLines(Utf8JsonWriter json, IReadOnlyList<ChartLine> lines)
    {
        json.WriteStartArray("lines");
        foreach (var line in lines)
        {
            json.WriteStartObject();
            json.WriteString("name", line.Name);
            JsonNames.WriteNumber(json, "value", line.Value);
            json.WriteString("along", JsonNames.Of(line.Along));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // An error bar without length is none.
    private static void WriteMargin(Utf8JsonWriter json, string name, double margin) => JsonNames.WriteNumber(json, name, margin == 0 ? null : margin);

    private static void WriteMap(Utf8JsonWriter json, HeatMap map)
    {
        json.WriteString("format", JsonNames.Of(FormatOf(map)));
        json.WriteTexts("names", map.Names);
        json.WriteStartArray("values");
        foreach (var row in map.Values)
        {
            json.WriteStartArray();
            foreach (var value in row)
            {
                JsonNames.WriteNumber(json, value);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
