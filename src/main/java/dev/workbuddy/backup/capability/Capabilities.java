package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.backup.PullResult;
import dev.workbuddy.backup.backup.PushResult;
import dev.workbuddy.backup.backup.TakenOver;
import dev.workbuddy.backup.config.InitResult;
import dev.workbuddy.backup.diff.DiffResult;
import dev.workbuddy.backup.drill.DrillResult;
import dev.workbuddy.backup.health.FixReport;
import dev.workbuddy.backup.health.PreferenceResult;
import dev.workbuddy.backup.health.control.CapabilityEntry;
import dev.workbuddy.backup.migrate.MigrateResult;
import dev.workbuddy.backup.migrate.NewStep;
import dev.workbuddy.backup.migrate.SchemaReport;
import dev.workbuddy.backup.query.QueryResult;
import dev.workbuddy.backup.rescue.RescueResult;
import dev.workbuddy.backup.restore.RestoreResult;
import dev.workbuddy.backup.restore.RollbackResult;
import dev.workbuddy.backup.restore.VerifyResult;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** All capabilities, for faces that call one by its type and for faces that list them. */
public record Capabilities(
    Capability<DataBackup.Parameters, BackupResult> dataBackup,
    Capability<DataBackupList.Parameters, SnapshotList> dataBackupList,
    Capability<DataBackupShow.Parameters, SnapshotDetails> dataBackupShow,
    Capability<DataVerify.Parameters, VerifyResult> dataVerify,
    Capability<DataRestore.Parameters, RestoreResult> dataRestore,
    Capability<DataRollback.Parameters, RollbackResult> dataRollback,
    Capability<DataTakeOver.Parameters, TakenOver> dataTakeOver,
    Capability<DataHold.Parameters, HoldResult> dataHold,
    Capability<DataPush.Parameters, PushResult> dataPush,
    Capability<DataPull.Parameters, PullResult> dataPull,
    Capability<DataPrune.Parameters, PruneResult> dataPrune,
    Capability<DataDiff.Parameters, DiffResult> dataDiff,
    Capability<DataQuery.Parameters, QueryResult> dataQuery,
    Capability<DataRescue.Parameters, RescueResult> dataRescue,
    Capability<DataDrill.Parameters, DrillResult> dataDrill,
    Capability<DataAlarms.Parameters, AlarmList> dataAlarms,
    Capability<DataAlarmsAck.Parameters, AckResult> dataAlarmsAck,
    Capability<DataLastRun.Parameters, LastRunReport> dataLastRun,
    Capability<DataRuns.Parameters, RunList> dataRuns,
    Capability<DataHealth.LookParameters, HealthResult> dataHealth,
    Capability<DataHealth.FixParameters, FixReport> dataHealthFix,
    Capability<DataHealth.PreferParameters, PreferenceResult> dataHealthPrefer,
    Capability<Migrate.StatusParameters, SchemaReport> migrateStatus,
    Capability<Migrate.RunParameters, MigrateResult> migrateRun,
    Capability<Migrate.NewParameters, NewStep> migrateNew,
    Capability<DataSchedule.InstallParameters, ScheduleInstalled> scheduleInstall,
    Capability<DataSchedule.StatusParameters, ScheduleStatus> scheduleStatus,
    Capability<DataSchedule.UninstallParameters, ScheduleRemoved> scheduleUninstall,
    Capability<ConfigShow.Parameters, ConfigDetails> configShow,
    Capability<ConfigInit.Parameters, InitResult> configInit) {

  public static Capabilities in(Workspace workspace) {
    AtomicReference<List<CapabilityEntry>> entries = new AtomicReference<>(List.of());
    Capabilities capabilities = in(workspace, new DataHealth(workspace, entries::get));
    entries.set(capabilities.all().stream().map(Capabilities::entry).toList());
    return capabilities;
  }

  private static CapabilityEntry entry(Capability<?, ?> capability) {
    return new CapabilityEntry(capability.name(), capability.description());
  }

  private static Capabilities in(Workspace workspace, DataHealth health) {
    return new Capabilities(
        DataBackup.in(workspace),
        DataBackupList.in(workspace),
        DataBackupShow.in(workspace),
        DataVerify.in(workspace),
        DataRestore.in(workspace),
        DataRollback.in(workspace),
        DataTakeOver.in(workspace),
        DataHold.in(workspace),
        DataPush.in(workspace),
        DataPull.in(workspace),
        DataPrune.in(workspace),
        DataDiff.in(workspace),
        DataQuery.in(workspace),
        DataRescue.in(workspace),
        DataDrill.in(workspace),
        DataAlarms.in(workspace),
        DataAlarmsAck.in(workspace),
        DataLastRun.in(workspace),
        DataRuns.in(workspace),
        health.look(),
        health.fix(),
        health.prefer(),
        Migrate.status(workspace),
        Migrate.run(workspace),
        Migrate.add(workspace),
        DataSchedule.install(workspace),
        DataSchedule.status(workspace),
        DataSchedule.uninstall(workspace),
        ConfigShow.in(workspace),
        ConfigInit.in(workspace));
  }

  /** In the order of the record. */
  public List<Capability<?, ?>> all() {
    return List.of(
        dataBackup,
        dataBackupList,
        dataBackupShow,
        dataVerify,
        dataRestore,
        dataRollback,
        dataTakeOver,
        dataHold,
        dataPush,
        dataPull,
        dataPrune,
        dataDiff,
        dataQuery,
        dataRescue,
        dataDrill,
        dataAlarms,
        dataAlarmsAck,
        dataLastRun,
        dataRuns,
        dataHealth,
        dataHealthFix,
        dataHealthPrefer,
        migrateStatus,
        migrateRun,
        migrateNew,
        scheduleInstall,
        scheduleStatus,
        scheduleUninstall,
        configShow,
        configInit);
  }

  /** The records that capabilities return, by the capability's name. */
  public Map<String, Class<?>> results() {
    Map<String, Class<?>> results = new HashMap<>();
    for (RecordComponent component : Capabilities.class.getRecordComponents()) {
      if (component.getGenericType() instanceof ParameterizedType type
          && type.getActualTypeArguments()[1] instanceof Class<?> result) {
        results.put(of(component).name(), result);
      }
    }
    return results;
  }

  private Capability<?, ?> of(RecordComponent component) {
    try {
      return (Capability<?, ?>) component.getAccessor().invoke(this);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}
