using System.Text.Json.Nodes;
using Veil.Regions;
using Veil.Studio.Api.Errors;
using Veil.Studio.Api.Work;
using Veil.Studio.Jobs;

namespace Veil.Studio.Api.Operations;

/// <summary>A job as its owner sees it.</summary>
internal static class JobView
{
    /// <summary>Makes the document.</summary>
    public static JsonObject Of(Job job)
    {
        var view = new JsonObject
        {
            ["id"] = job.Id.ToString(),
            ["state"] = RegionJson.NameOf(job.State),
            ["created"] = job.Created,
            ["started"] = job.Started,
            ["finished"] = job.Finished,
            ["attempts"] = job.Attempts,
            ["settings"] = JsonNode.Parse(JobRequest.Of(job).Settings.GetRawText()),
            ["inputs"] = new JsonArray([.. job.Inputs.Select(input => (JsonNode)new JsonObject { ["number"] = input.Number, ["name"] = input.Name, ["bytes"] = input.Length })]),
            ["progress"] = new JsonObject
            {
                ["items"] = job.Progress.Items,
                ["itemsDone"] = job.Progress.ItemsDone,
                ["itemsFailed"] = job.Progress.ItemsFailed,
                ["frame"] = job.Progress.Frame,
                ["frames"] = job.Progress.Frames,
                ["rate"] = job.Progress.Rate,
            },
            ["error"] = job.Error is { } error ? new JsonObject { ["code"] = error.Code.ToString(), ["message"] = error.Message, ["hint"] = ApiErrors.For(error.Code).HintOr(error.Hint) } : null,
            ["stopping"] = job is { HasEnded: false, Stop: not null },
            ["originalsDeleted"] = job.InputsDeleted,
            ["originalsDeletedBy"] = job.InputsDue,
            ["resultsDeletedBy"] = job.ResultsDue,
        };
        return view;
    }
}
