using System.Text.Json.Serialization;

namespace Veil.Studio.Api.Work;

/// <summary>One result of a job.</summary>
/// <param name="File">Its name in the folder of results: digits and an extension.</param>
/// <param name="Name">What its owner calls it: the input's name, made safe to unpack anywhere.</param>
internal sealed record JobResult(string File, string Name);

/// <summary>The list of a job's results, beside them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<JobResult>))]
internal sealed partial class JobResultJson : JsonSerializerContext;
