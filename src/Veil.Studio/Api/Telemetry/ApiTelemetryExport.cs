using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Veil.Studio.Api.Telemetry;

/// <summary>Sends metrics and traces by OTLP to the address that the operator names, and nowhere else. Disposing sends the rest.</summary>
internal sealed class ApiTelemetryExport : IDisposable
{
    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    private ApiTelemetryExport(Uri? collector)
    {
        // Attributes of the machine and the process are left out: only what is said here is sent.
        var resource = ResourceBuilder.CreateEmpty().AddService("veil-serve", serviceVersion: typeof(ApiTelemetryExport).Assembly.GetName().Version?.ToString(3)).AddEnvironmentVariableDetector();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(ApiTelemetry.Name).AddOtlpExporter((exporter, _) => Aim(exporter, collector, "v1/metrics")).Build();
        // Whoever asked for traces gets them, whatever a caller says about its own.
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).SetSampler(new AlwaysOnSampler()).AddSource(ApiTelemetry.Name).AddOtlpExporter(exporter => Aim(exporter, collector, "v1/traces")).Build();
    }

    /// <summary>Starts it where somebody asked for it; null otherwise.</summary>
    /// <param name="collector">Base address of a collector that takes OTLP over HTTP; null asks the environment's OTEL_EXPORTER_OTLP_ENDPOINT.</param>
    public static ApiTelemetryExport? Start(Uri? collector) =>
        collector is not null || Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 } ? new ApiTelemetryExport(collector) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _metrics.Dispose();
        _traces.Dispose();
    }

    private static void Aim(OtlpExporterOptions exporter, Uri? collector, string signal)
    {
        if (collector is not null)
        {
            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            exporter.Endpoint = new Uri(collector.AbsoluteUri.TrimEnd('/') + "/" + signal);
        }
    }
}
