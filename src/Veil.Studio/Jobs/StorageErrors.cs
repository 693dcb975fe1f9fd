using Veil.Errors;

namespace Veil.Studio.Jobs;

/// <summary>What failing disks and folders say, in words of ours.</summary>
internal static class StorageErrors
{
    // ENOSPC and EDQUOT of Linux, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    private static readonly int[] Full = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>True for what a disk, a folder or a network drive throws.</summary>
    public static bool IsStorage(Exception error) => error is IOException or UnauthorizedAccessException;

    /// <summary>The error to show instead. Paths stay in the inner exception.</summary>
    public static VeilException Translate(Exception error) => Array.IndexOf(Full, error.HResult) >= 0
        ? NoRoom(error)
        : new VeilException(VeilErrorCode.StoreUnavailable, $"The folder that jobs are kept in cannot be used just now ({error.GetType().Name}).", "Check that its disk is there and that this server may write to it.", error);

    /// <summary>There is no room, or less than is kept free.</summary>
    public static VeilException NoRoom(Exception? error = null) => new(
        VeilErrorCode.StorageFull, "The disk that jobs are kept on has no room left.", "Delete jobs that are no longer needed, or give the server a larger disk, then try again.", error);

    /// <summary>Does file work; what fails is told in words of ours.</summary>
    public static void Guarded(Action action) => Guarded(() =>
    {
        action();
        return true;
    });

    /// <inheritdoc cref="Guarded(Action)"/>
    public static T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (IsStorage(error))
        {
            throw Translate(error);
        }
    }
}
