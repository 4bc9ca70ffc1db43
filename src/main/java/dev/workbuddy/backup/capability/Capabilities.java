package dev.workbuddy.backup.capability;

import java.util.List;

/** All capabilities, for faces that call one by its type and for faces that list them. */
public record Capabilities(
    DataBackup dataBackup,
    DataBackupList dataBackupList,
    DataBackupShow dataBackupShow,
    DataVerify dataVerify,
    DataRestore dataRestore,
    DataRollback dataRollback,
    DataHold dataHold,
    DataPrune dataPrune,
    ConfigShow configShow,
    ConfigInit configInit) {

  public static Capabilities in(Workspace workspace) {
    return new Capabilities(
        new DataBackup(workspace),
        new DataBackupList(workspace),
        new DataBackupShow(workspace),
        new DataVerify(workspace),
        new DataRestore(workspace),
        new DataRollback(workspace),
        new DataHold(workspace),
        new DataPrune(workspace),
        new ConfigShow(workspace),
        new ConfigInit(workspace));
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
        dataHold,
        dataPrune,
        configShow,
        configInit);
  }
}
